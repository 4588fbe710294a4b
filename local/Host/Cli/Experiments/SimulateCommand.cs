using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Aisle.AbReport;
using Aisle.AbReport.Results;
using Aisle.Host.Cli.Models;
using Aisle.Host.FirstStart;
using Aisle.Host.Output;
using Aisle.Host.Serving;
using Aisle.Host.Simulation;
using Aisle.Host.State;
using Aisle.Local.DemoShop;
using Aisle.Local.Workspaces;
using Aisle.Ports;
using Aisle.Privacy;
using Aisle.ScoreUser;
using Aisle.ScoreUser.Serving;

namespace Aisle.Host.Cli.Experiments;

/// <summary><c>simulate</c>: shoppers with known tastes use the engine under two policies; then the report stands beside the true effect.</summary>
internal sealed class SimulateCommand(CommonOptions common, Screen screen)
{
    private const int PastDays = 30;

    // How busy the machine is must not change what a simulated shopper sees.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Option<int> _days = new("--days") { Description = "Days of the experiment, whole weeks.", DefaultValueFactory = _ => 14 };
    private readonly Option<int> _users = new("--users") { Description = "Shoppers.", DefaultValueFactory = _ => 2_000 };
    private readonly Option<int> _products = new("--products") { Description = "Products.", DefaultValueFactory = _ => 1_000 };
    private readonly Option<double> _lift = new("--lift") { Description = "By how much more often the treatment's shoppers click than their taste says; 0.1 is +10 %.", DefaultValueFactory = _ => 0 };
    private readonly Option<string[]> _control = new("--control") { Description = "Parameters of the control's policy, such as alpha=0.6.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _treatment = new("--treatment") { Description = "Parameters of the treatment's policy, such as policy=slots.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<ulong> _seed = new("--seed") { Description = "What all chance follows from.", DefaultValueFactory = _ => 1 };

    /// <summary>The command with its options.</summary>
    public Command Build()
    {
        Command command = new("simulate", "Let simulated shoppers with known tastes use the engine under two policies, in an empty folder, and report beside the true effect.")
        {
            _days, _users, _products, _lift, _control, _treatment, _seed,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        SimulationPlan plan = PlanOf(parsed);
        string folder = common.OwnFolderOf(parsed);
        Workspace workspace = OwnedWorkspace.TryOpen(folder)
            ?? throw new UsageException("--data", $"another command works on {folder}", "Wait until it has ended, or name another folder.");
        if (workspace.Info.FilledBy is not null)
        {
            workspace.Dispose();
            throw new UsageException("--data", $"there is a shop in {folder} already", "Name an empty folder, such as --data .aisle-simulation: simulated shoppers must not mix with real ones.");
        }

        if (!File.Exists(workspace.KeysFile))
        {
            KeyFile.CreateForSimulation(folder, plan.Shop.Seed);
        }

        await using LocalShop shop = LocalShop.Open(workspace, new ScoreUserOptions { Seed = plan.Shop.Seed, Budget = Patience, ReadDeadline = Patience });
        SeededDemoShop world = new(plan.Shop, _ => null);
        WorkspaceInfo info = new() { FilledBy = "simulation", Currency = plan.Shop.Currency, AsOf = plan.StartsAt };
        workspace.Save(info);
        shop.Services.GetRequiredService<WorkspaceClock>().MoveTo(plan.StartsAt);
        await DemoShopMaker.FillAsync(shop, screen, new DemoPast(world, plan.StartsAt), plan.Shop with { Events = 60L * plan.Shop.Shoppers }, cancellationToken);
        await using ShopConnection connection = ShopConnection.Within(shop);
        if (!await new RunFollower(connection, screen).RetrainAsync(isForced: false, cancellationToken))
        {
            await PromoteAsync(connection, cancellationToken);
        }

        SimulationTruth truth = await SimulateAsync(shop, world, plan, cancellationToken);
        workspace.Save(info with { AsOf = plan.Shop.EndsAt, IsFilled = true });
        await ReportAsync(connection, shop, truth, cancellationToken);
        screen.Line($"The whole page: aisle report {SimulationPlan.Key} --format html --out report.html --data {folder}");
        return 0;
    }

    // No shopper is harmed by a model that the gate would keep from real ones.
    private async Task PromoteAsync(ShopConnection connection, CancellationToken cancellationToken)
    {
        using JsonDocument models = await connection.AskAsync(HttpMethod.Get, "v1/models", null, cancellationToken);
        foreach (JsonElement model in models.RootElement.GetProperty("models").EnumerateArray())
        {
            string version = model.GetProperty("version").GetString()!;
            using JsonDocument promoted = await connection.AskAsync(HttpMethod.Post, $"v1/models/{Uri.EscapeDataString(version)}/promote", null, cancellationToken);
            screen.Line("It serves the simulated shoppers all the same.");
            return;
        }
    }

    private async Task<SimulationTruth> SimulateAsync(LocalShop shop, SeededDemoShop world, SimulationPlan plan, CancellationToken cancellationToken)
    {
        await shop.Services.GetRequiredService<IExperimentStore>().TryWriteAsync(
            plan.ToExperiment(shop.Services.GetRequiredService<Pseudonymizer>()), null, cancellationToken);
        ServingState state = shop.Services.GetRequiredService<ServingState>();
        await state.RefreshAsync(cancellationToken);
        if (state.Model is null)
        {
            throw new UsageException("--users", "so few shoppers make no model that may serve", "Simulate more shoppers or fewer products.");
        }

        SimulationTruth? truth = null;
        await screen.ProgressAsync(
            async (bars, token) => truth = await new Simulator(shop.Services, plan).RunAsync(world, bars.Add("simulated days", plan.Days), token), cancellationToken);
        return truth!;
    }

    private async Task ReportAsync(ShopConnection connection, LocalShop shop, SimulationTruth truth, CancellationToken cancellationToken)
    {
        byte[] markdown = await connection.AskBytesAsync(HttpMethod.Get, $"v1/experiments/{SimulationPlan.Key}/report?format=markdown", null, "text/markdown", cancellationToken);
        screen.Out.WriteLine(Encoding.UTF8.GetString(markdown));
        ExperimentReport report = (await shop.Services.GetRequiredService<AbReporter>().ReportAsync(SimulationPlan.Key, cancellationToken))!;
        MetricResult clicks = report.Metrics.Single(result => result.Metric == "click_through");
        screen.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"True click-through over all {truth.Visits:N0} visits, each lived under both policies: control {truth.ClickThrough(SimulationPlan.ControlName):P3}, treatment {truth.ClickThrough(SimulationPlan.TreatmentName):P3}, lift {truth.Lift:+0.00%;-0.00%;0.00%}."));
        screen.Line(clicks.Comparison is { Lift: { } lift, LiftLow: { } low, LiftHigh: { } high }
            ? string.Create(CultureInfo.InvariantCulture, $"Estimated lift {lift:+0.00%;-0.00%;0.00%}, between {low:+0.00%;-0.00%;0.00%} and {high:+0.00%;-0.00%;0.00%}: the interval {(truth.Lift >= low && truth.Lift <= high ? "holds" : "misses")} the truth.")
            : $"The report has no answer on clicks ({clicks.Comparison.Status}).");
    }

    private SimulationPlan PlanOf(ParseResult parsed)
    {
        int days = parsed.GetValue(_days);
        double lift = parsed.GetValue(_lift);
        Check("--days", days is >= 7 and <= 364 && days % 7 == 0, $"{days} is not a number of whole weeks up to 52", "Simulate 14 days, or 28.");
        Check("--lift", lift is >= -0.9 and <= 4, $"{lift.ToString(CultureInfo.InvariantCulture)} cannot be planted", "Use a share from -0.9 to 4, such as 0.1.");
        int users = parsed.GetValue(_users);
        DateTimeOffset midnight = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        DemoShopOptions shop = new()
        {
            Products = parsed.GetValue(_products),
            Shoppers = users,
            Events = 60L * users * (PastDays + days) / PastDays,
            Days = PastDays + days + 1,
            Seed = parsed.GetValue(_seed),
            EndsAt = midnight,
        };
        if (shop.Problems() is { Count: > 0 } problems)
        {
            string[] words = problems[0].Replace("--shoppers", "--users", StringComparison.Ordinal).Split(' ', 2);
            throw new UsageException(words[0], words[1].TrimEnd('.'), "Run aisle simulate --help for the sizes.");
        }

        return new SimulationPlan(shop, days, lift, PolicyParameters.Read("--control", parsed.GetValue(_control) ?? []), PolicyParameters.Read("--treatment", parsed.GetValue(_treatment) ?? []));
    }

    private static void Check(string option, bool holds, string problem, string remedy)
    {
        if (!holds)
        {
            throw new UsageException(option, problem, remedy);
        }
    }
}
