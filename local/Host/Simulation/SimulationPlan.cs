using Aisle.Experiments;
using Aisle.Local.DemoShop;
using Aisle.Privacy;

namespace Aisle.Host.Simulation;

/// <summary>What is simulated: so many shoppers, so many days, two policies.</summary>
/// <param name="Shop">The demo shop, its past and the days of the experiment; it ends with them, at a midnight.</param>
/// <param name="Days">Days of the experiment, the last of the shop's.</param>
/// <param name="Lift">By how much more often than their taste says the treatment's shoppers click; 0.1 is +10 %. Above −1.</param>
/// <param name="Control">Parameters of the policy that is compared with.</param>
/// <param name="Treatment">Parameters of the policy that is tried.</param>
internal sealed record SimulationPlan(
    DemoShopOptions Shop, int Days, double Lift, IReadOnlyDictionary<string, string> Control, IReadOnlyDictionary<string, string> Treatment)
{
    /// <summary>The experiment's key.</summary>
    public const string Key = "simulation";

    /// <summary>The arm that is compared with.</summary>
    public const string ControlName = "control";

    /// <summary>The arm that is tried.</summary>
    public const string TreatmentName = "treatment";

    /// <summary>The midnight at which the experiment begins.</summary>
    public DateTimeOffset StartsAt => Shop.EndsAt.AddDays(-Days);

    /// <summary>The visitor that stands for all shoppers who are sent to a variant by hand, by the shop's own id.</summary>
    public static string ForcedInto(string variant) => $"simulated-into-{variant}";

    /// <summary>The experiment; its overrides are what sends twins into the other variant, and keeps them out of the report.</summary>
    public Experiment ToExperiment(Pseudonymizer pseudonymizer) => new()
    {
        Key = Key,
        Salt = Key,
        Variants = [new Variant(ControlName, 0, Assignment.Buckets / 2, Control), new Variant(TreatmentName, Assignment.Buckets / 2, Assignment.Buckets, Treatment)],
        StartsAt = StartsAt,
        EndsAt = Shop.EndsAt,
        State = ExperimentState.Running,
        Overrides = new[] { ControlName, TreatmentName }.ToDictionary(variant => pseudonymizer.AssignmentOf(ForcedInto(variant)).Value),
        Description = "Simulated shoppers with known tastes, in front of the running engine.",
    };
}
