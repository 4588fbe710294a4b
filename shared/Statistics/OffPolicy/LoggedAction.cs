namespace Aisle.Statistics.OffPolicy;

/// <summary>One item that was shown, as the slate log has it.</summary>
/// <param name="User">Who saw it.</param>
/// <param name="Stratum">Which kind of request it was (position, segment, tier), in [0, strata); within one the
/// proposed policy does not distinguish.</param>
/// <param name="Action">Which item, in [0, actions).</param>
/// <param name="Reward">What came of it.</param>
/// <param name="Propensity">The chance with which it was shown here, as logged; in (0, 1].</param>
public readonly record struct LoggedAction(long User, int Stratum, int Action, double Reward, double Propensity);
