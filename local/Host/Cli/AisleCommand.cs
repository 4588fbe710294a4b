using System.CommandLine;
using System.CommandLine.Parsing;
using Aisle.Host.Cli.Experiments;
using Aisle.Host.Cli.Intake;
using Aisle.Host.Cli.Models;
using Aisle.Host.Cli.Serving;
using Aisle.Host.Cli.Shoppers;
using Aisle.Host.Cli.Slates;
using Aisle.Host.Output;
using Aisle.Host.Training;

namespace Aisle.Host.Cli;

/// <summary>The command line of the one program: without a command it serves, and fills the shop first when there is none.</summary>
internal static class AisleCommand
{
    private const int UserError = 2;
    private const int Failure = 1;

    private static readonly (string Name, Func<CommonOptions, Screen, Command> Make)[] Commands =
    [
        ("import", (common, screen) => new ImportCommand(common, screen).Build()),
        ("prices", (common, screen) => new PricesCommand(common, screen).Build()),
        ("features", (common, screen) => new FeaturesCommand(common, screen).Build()),
        ("retrain", (common, screen) => new RetrainCommand(common, screen).Build()),
        ("runs", (common, screen) => new RunsCommand(common, screen).Build()),
        ("evaluate", (common, screen) => new EvaluateCommand(common, screen).Build()),
        ("recommend", (common, screen) => new RecommendCommand(common, screen).Build()),
        ("report", (common, screen) => new ReportCommand(common, screen).Build()),
        ("experiments", (common, screen) => new ExperimentsCommand(common, screen).Build()),
        ("power", (common, screen) => new PowerCommand(common, screen).Build()),
        ("simulate", (common, screen) => new SimulateCommand(common, screen).Build()),
        ("guard", (common, screen) => new GuardCommand(common, screen).Build()),
        ("drift", (common, screen) => new DriftCommand(common, screen).Build()),
        ("models", (common, screen) => new ModelsCommand(common, screen).Build()),
        ("rules", (common, screen) => new RulesCommand(common, screen).Build()),
        ("exposure", (common, screen) => new ExposureCommand(common, screen).Build()),
        ("slates", (common, screen) => new SlatesCommand(common, screen).Build()),
        ("export", (common, screen) => new ExportCommand(common, screen).Build()),
        ("work", (common, screen) => new WorkCommand(common, screen).Build()),
        ("erase", (common, screen) => new EraseCommand(common, screen).Build()),
        ("retention", (common, screen) => new RetentionCommand(common, screen).Build()),
        ("events", (common, screen) => new EventsCommand(common, screen).Build()),
    ];

    /// <summary>Runs the command line on the real console.</summary>
    public static Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken) =>
        RunAsync(arguments, Screen.OfProcess(), cancellationToken);

    /// <summary>Runs the command line.</summary>
    /// <returns>0 when it did what was asked, 2 when the user must change something, 1 when something else failed.</returns>
    public static async Task<int> RunAsync(string[] arguments, Screen screen, CancellationToken cancellationToken)
    {
        InvocationConfiguration configuration = new()
        {
            EnableDefaultExceptionHandler = false,
            Output = screen.Out,
            Error = screen.Error,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(20),
        };
        ParseResult parsed = Build(screen, arguments).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            screen.Fail(string.Join(" ", parsed.Errors.Select(TextOf)) + " Run with --help to see what there is.");
            return UserError;
        }

        try
        {
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (UsageException wrong)
        {
            screen.Fail(wrong.Message);
            foreach (string further in wrong.Further)
            {
                screen.Fail(further);
            }

            return UserError;
        }
        catch (OperationCanceledException)
        {
            screen.Fail("stopped.");
            return Failure;
        }
        catch (Exception unexpected) when (!arguments.Contains(CommonOptions.Verbose))
        {
            screen.Fail($"{unexpected.GetType().Name}: {unexpected.Message} Run again with {CommonOptions.Verbose} to see where.");
            return Failure;
        }
    }

    // The parser names the command that lacks an argument, but not the argument.
    private static string TextOf(ParseError error) => error.SymbolResult is ArgumentResult { Argument: { } argument, Tokens.Count: 0 } && argument.Arity.MinimumNumberOfValues > 0
        ? $"<{argument.Name}> is missing: {argument.Description}"
        : error.Message;

    /// <summary>The command line's words. Where the first argument names a command only that one is made: a host that starts needs no other.</summary>
    private static RootCommand Build(Screen screen, string[] arguments)
    {
        CommonOptions common = new();
        RootCommand root = new("Aisle recommends products. Without a command it serves the shop in the state folder, and makes a demo "
            + "shop there first if it is empty.");
        root.Options.Add(common.Data);
        root.Options.Add(common.VerboseOption);
        ServeCommand serve = new(common, screen);
        serve.AddTo(root);
        root.Subcommands.Add(serve.Build()); // with the same options, so that they may stand before its name too
        bool isNamed = arguments.Length > 0 && (arguments[0] == "serve" || Array.Exists(Commands, command => command.Name == arguments[0]));
        foreach ((_, Func<CommonOptions, Screen, Command> make) in Commands.Where(command => !isNamed || command.Name == arguments[0]))
        {
            root.Subcommands.Add(make(common, screen));
        }

        return root;
    }
}
