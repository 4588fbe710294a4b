namespace Aisle.Statistics.OffPolicy;

/// <summary>One item that the running policy chose to show, weighed for a policy that is only proposed.</summary>
/// <param name="User">Who saw it; the user stays the unit of chance, so that many decisions of one user are not
/// taken for many users.</param>
/// <param name="Reward">What came of it: a click, revenue in minor units.</param>
/// <param name="Propensity">The chance with which the running policy showed this item here, as it was logged; in (0, 1].</param>
/// <param name="TargetProbability">The chance with which the proposed policy would show this item here; in [0, 1].</param>
public readonly record struct LoggedDecision(long User, double Reward, double Propensity, double TargetProbability)
{
    /// <summary>The proposed policy's chance, here, of showing something that the running policy could not have
    /// shown; in [0, 1], 0 by default.</summary>
    public double UnsupportedMass { get; init; }

    /// <summary>What a model, fitted without this user, expects of the item that was shown; null without a model.</summary>
    public double? PredictedReward { get; init; }

    /// <summary>What the same model expects of the proposed policy here: the mean of its predictions over what that policy
    /// would show; null without a model.</summary>
    public double? PredictedValue { get; init; }

    /// <summary>By how much this decision counts for the proposed policy: target probability ÷ propensity.</summary>
    public double Weight => TargetProbability / Propensity;

    /// <summary>What is wrong with it, in words; null when nothing is.</summary>
    internal string? Problem(int index) => this switch
    {
        { Propensity: not (> 0 and <= 1) } => $"decision {index}: propensity {Propensity} lies outside (0, 1]; log the chance with which "
            + "the item was shown",
        { TargetProbability: not (>= 0 and <= 1) } => $"decision {index}: target probability {TargetProbability} lies outside [0, 1]",
        { UnsupportedMass: not (>= 0 and <= 1) } => $"decision {index}: unsupported mass {UnsupportedMass} lies outside [0, 1]",
        _ when !double.IsFinite(Reward) => $"decision {index}: reward {Reward} is no finite number",
        _ when PredictedReward is null != PredictedValue is null => $"decision {index}: a predicted reward needs a predicted value, and "
            + "the other way round",
        _ when !double.IsFinite(PredictedReward ?? 0) || !double.IsFinite(PredictedValue ?? 0) => $"decision {index}: a prediction is no "
            + "finite number",
        _ => null,
    };
}
