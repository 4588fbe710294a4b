using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Aisle.Host.Output;
using Aisle.Statistics;
using Aisle.Statistics.Planning;

namespace Aisle.Host.Cli.Experiments;

/// <summary><c>power</c>: how many visitors and days an experiment needs before it starts.</summary>
internal sealed class PowerCommand(CommonOptions common, Screen screen)
{
    private readonly Option<double?> _baseline = new("--baseline") { Description = "The metric of the control: a share such as 0.021, or a mean with --sd." };
    private readonly Option<string?> _experiment = new("--experiment")
    {
        Description = "Instead of a baseline: simulate on the real, "
            + "skewed distribution of this experiment's visitors, with --users."
    };
    private readonly Option<int> _users = new("--users") { Description = "With --experiment: visitors of each arm.", DefaultValueFactory = _ => 10_000 };
    private readonly Option<double?> _deviation = new("--sd")
    {
        Description = "The standard deviation between visitors, of a mean such as "
            + "revenue per visitor. Without it the baseline is a share of visitors."
    };
    private readonly Option<double> _lift = new("--lift") { Description = "The smallest lift worth finding; 0.05 is 5 %.", DefaultValueFactory = _ => 0.05 };
    private readonly Option<double> _alpha = new("--alpha") { Description = "The error.", DefaultValueFactory = _ => 0.05 };
    private readonly Option<double> _power = new("--power") { Description = "The chance to find it.", DefaultValueFactory = _ => 0.8 };
    private readonly Option<double> _ratio = new("--ratio") { Description = "Visitors of a variant over visitors of the control.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _arms = new("--arms") { Description = "All arms, the control included.", DefaultValueFactory = _ => 2 };
    private readonly Option<double?> _daily = new("--daily-visitors") { Description = "New visitors a day over all arms." };
    private readonly Option<bool> _oneSided = new("--one-sided") { Description = "Only one direction counts." };

    /// <summary>The command with its options.</summary>
    public Command Build()
    {
        Command command = new("power", "Say how many visitors and days an experiment needs.") { _baseline, _experiment, _users, _deviation, _lift, _alpha, _power, _ratio, _arms, _daily, _oneSided };
        command.SetAction((parsed, cancellationToken) => (parsed.GetValue(_baseline), parsed.GetValue(_experiment)) switch
        {
            ({ } baseline, null) => Task.FromResult(Calculate(parsed, baseline)),
            (null, { } experiment) => SimulateAsync(parsed, experiment, cancellationToken),
            _ => throw new UsageException("--baseline", "missing, or given beside --experiment", "Give --baseline to calculate, or "
                + "--experiment with --users to simulate on its visitors."),
        });
        return command;
    }

    private async Task<int> SimulateAsync(ParseResult parsed, string experiment, CancellationToken cancellationToken)
    {
        await using ShopConnection shop = await ShopConnection.OpenAsync(common.FolderOf(parsed), cancellationToken);
        string lift = parsed.GetValue(_lift).ToString(CultureInfo.InvariantCulture);
        string users = parsed.GetValue(_users).ToString(CultureInfo.InvariantCulture);
        using JsonDocument answer = await shop.AskAsync(HttpMethod.Get, $"v1/experiments/{Uri.EscapeDataString(experiment)}/power?lift={lift}&users={users}", null, cancellationToken);
        foreach (JsonElement metric in answer.RootElement.GetProperty("metrics").EnumerateArray())
        {
            JsonText.Show(screen, metric);
        }

        return 0;
    }

    private int Calculate(ParseResult parsed, double baseline)
    {
        SampleSizePlan plan = new(
            parsed.GetValue(_lift), parsed.GetValue(_alpha), parsed.GetValue(_power), parsed.GetValue(_ratio), !parsed.GetValue(_oneSided),
            parsed.GetValue(_daily), parsed.GetValue(_arms));
        SampleSize size = parsed.GetValue(_deviation) is { } deviation
            ? SampleSize.OfMean(baseline, deviation, plan)
            : SampleSize.OfProportion(baseline, plan);
        if (size.Status != ComparisonStatus.Ok)
        {
            throw new UsageException(
                "power", "these figures make no plan",
                "--baseline is a share between 0 and 1 (also with the lift), or with --sd any mean but 0; --lift is not 0; --alpha and "
                + "--power lie between 0 and 1; " +
                "--sd, --ratio and --daily-visitors are positive; --arms is at least 2; and the plan needs no more than 10^15 visitors.");
        }

        Line("visitors of the control", size.ControlUsers!.Value.ToString("N0", CultureInfo.InvariantCulture));
        Line("visitors of each variant", size.TreatmentUsers!.Value.ToString("N0", CultureInfo.InvariantCulture));
        Line("visitors of all arms", size.TotalUsers!.Value.ToString("N0", CultureInfo.InvariantCulture));
        Line("smallest difference found", size.SmallestDifference!.Value.ToString("0.######", CultureInfo.InvariantCulture));
        Line("power", size.Power!.Value.ToString("P1", CultureInfo.InvariantCulture));
        if (size is { Days: { } days, WholeWeekDays: { } weeks })
        {
            Line("days", string.Create(CultureInfo.InvariantCulture, $"{days:N0}, so run {weeks:N0} (whole weeks, at least two)"));
        }

        return 0;
    }

    private void Line(string name, string value) => screen.Line($"{name}: {value}");
}
