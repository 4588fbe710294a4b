namespace Aisle.Host.Simulation;

/// <summary>The true effect on clicks: each shopper's chance to click, known from the taste, under both policies.</summary>
internal sealed class SimulationTruth
{
    private readonly Dictionary<string, (double Clicks, double Shown)> _arms = [];

    /// <summary>How many visits were played, twins included.</summary>
    public int Visits { get; private set; }

    /// <summary>True clicks ÷ items shown over all shoppers; null before anything was shown.</summary>
    public double? ClickThrough(string variant) => _arms.TryGetValue(variant, out (double Clicks, double Shown) arm) && arm.Shown > 0 ? arm.Clicks / arm.Shown : null;

    /// <summary>The true lift of the treatment over the control; null where it has none.</summary>
    public double? Lift => ClickThrough(SimulationPlan.TreatmentName) / ClickThrough(SimulationPlan.ControlName) - 1;

    /// <summary>Adds a visit under a variant.</summary>
    public void Add(string variant, double clickChance, int shown)
    {
        Visits++;
        (double clicks, double items) = _arms.GetValueOrDefault(variant);
        _arms[variant] = (clicks + clickChance, items + shown);
    }
}
