using System.CommandLine;
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
        ParseResult parsed = Build(screen).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            screen.Fail(string.Join(" ", parsed.Errors.Select(error => error.Message)) + " Run with --help to see what there is.");
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

    private static RootCommand Build(Screen screen)
    {
        CommonOptions common = new();
        RootCommand root = new("Aisle recommends products. Without a command it serves the shop in the state folder, and makes a demo "
            + "shop there first if it is empty.");
        root.Options.Add(common.Data);
        root.Options.Add(common.VerboseOption);
        ServeCommand serve = new(common, screen);
        serve.AddTo(root);
        root.Subcommands.Add(serve.Build());
        root.Subcommands.Add(new ImportCommand(common, screen).Build());
        root.Subcommands.Add(new PricesCommand(common, screen).Build());
        root.Subcommands.Add(new FeaturesCommand(common, screen).Build());
        root.Subcommands.Add(new RetrainCommand(common, screen).Build());
        root.Subcommands.Add(new RunsCommand(common, screen).Build());
        root.Subcommands.Add(new EvaluateCommand(common, screen).Build());
        root.Subcommands.Add(new RecommendCommand(common, screen).Build());
        root.Subcommands.Add(new ReportCommand(common, screen).Build());
        root.Subcommands.Add(new ExperimentsCommand(common, screen).Build());
        root.Subcommands.Add(new PowerCommand(common, screen).Build());
        root.Subcommands.Add(new SimulateCommand(common, screen).Build());
        root.Subcommands.Add(new GuardCommand(common, screen).Build());
        root.Subcommands.Add(new DriftCommand(common, screen).Build());
        root.Subcommands.Add(new ModelsCommand(common, screen).Build());
        root.Subcommands.Add(new RulesCommand(common, screen).Build());
        root.Subcommands.Add(new ExposureCommand(common, screen).Build());
        root.Subcommands.Add(new SlatesCommand(common, screen).Build());
        root.Subcommands.Add(new ExportCommand(common, screen).Build());
        root.Subcommands.Add(new WorkCommand(common, screen).Build());
        root.Subcommands.Add(new EraseCommand(common, screen).Build());
        root.Subcommands.Add(new RetentionCommand(common, screen).Build());
        root.Subcommands.Add(new EventsCommand(common, screen).Build());
        return root;
    }
}
