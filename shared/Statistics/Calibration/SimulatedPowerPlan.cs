namespace Aisle.Statistics.Calibration;

/// <summary>An experiment that is to be simulated on the shop's own users.</summary>
/// <param name="Lift">The lift that is imagined; 0.05 is +5 %, 0 shows the error. Above −1.</param>
/// <param name="ControlUsers">At least 2.</param>
/// <param name="TreatmentUsers">At least 2.</param>
public sealed record SimulatedPowerPlan(double Lift, int ControlUsers, int TreatmentUsers)
{
    /// <summary>The two-sided error. Default 0.05; in (0, 1).</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>How the lift comes about; a share always by more buyers, a ratio always by larger values. Default larger values.</summary>
    public LiftShape Shape { get; init; } = LiftShape.LargerValues;

    /// <summary>How many experiments: 2,000 know a power of 80 % to 0.9 points. Default 2,000; positive.</summary>
    public int Experiments { get; init; } = 2000;

    /// <summary>Of chance. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads at once; −1 for all. The result does not depend on it. Default −1.</summary>
    public int DegreeOfParallelism { get; init; } = -1;

    internal bool IsValid => double.IsFinite(Lift) && Lift > -1 && ControlUsers >= 2 && TreatmentUsers >= 2 && Alpha is > 0 and < 1 && Experiments > 0;
}
