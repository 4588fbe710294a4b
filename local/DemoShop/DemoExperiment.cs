using Aisle.Experiments;

namespace Aisle.Local.DemoShop;

/// <summary>The experiment that a demo shop has been running for four weeks: half of the shoppers see more varied slates.</summary>
public static class DemoExperiment
{
    /// <summary>Its key.</summary>
    public const string Key = "home-variety";

    /// <summary>The arm that changes nothing.</summary>
    public const string Control = "control";

    /// <summary>The arm whose slates are clicked more often.</summary>
    public const string Treatment = "varied";

    private const int RunningDays = 28;

    /// <summary>The experiment as of the shop's end: begun four whole weeks before its last midnight, to go on for four more.</summary>
    public static Experiment At(DateTimeOffset endsAt)
    {
        DateTimeOffset midnight = new(endsAt.UtcDateTime.Date, TimeSpan.Zero);
        return new Experiment
        {
            Key = Key,
            Salt = Key,
            Variants =
            [
                new Variant(Control, 0, 5_000, new Dictionary<string, string>()),
                new Variant(Treatment, 5_000, 10_000, new Dictionary<string, string> { ["mmr_lambda"] = "0.5" }),
            ],
            StartsAt = midnight.AddDays(-RunningDays),
            EndsAt = midnight.AddDays(RunningDays),
            State = ExperimentState.Running,
            Description = "More varied slates on the home page are clicked more often.",
        };
    }
}
