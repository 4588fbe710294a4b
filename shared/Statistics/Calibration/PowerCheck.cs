namespace Aisle.Statistics.Calibration;

/// <summary>What the calculator promised beside what simulated experiments found.</summary>
/// <param name="Name">Which test on which users.</param>
/// <param name="UsersPerArm">As the calculator asks for.</param>
/// <param name="Calculated">Its power, in [0, 1].</param>
/// <param name="Simulated">Experiments that found the effect.</param>
public sealed record PowerCheck(string Name, long UsersPerArm, double Calculated, BinomialRate Simulated);
