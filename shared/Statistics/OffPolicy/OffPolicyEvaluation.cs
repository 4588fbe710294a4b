namespace Aisle.Statistics.OffPolicy;

/// <summary>What a proposed policy would have earned, from the log of the policy that ran: an estimate before any experiment, and a
/// refusal where the log cannot know.</summary>
/// <remarks>
/// Three estimators of the same value stand side by side: inverse propensity scoring (unbiased, noisy), self-normalised (small bias,
/// calmer) and doubly robust (right when either the propensities or the model are). The decision pair is the difference to the running
/// policy of <see cref="Decision"/>, p and interval dual to each other. Mass without support up to the limit stays unseen by the first two:
/// of it they assume no reward and the mean reward, in that order. Cost: one pass over the decisions, memory by user.
/// </remarks>
public sealed record OffPolicyEvaluation
{
    /// <summary>Whether there is an estimate.</summary>
    public required OffPolicyStatus Status { get; init; }

    /// <summary>What is wrong and what to do about it, for people; null when nothing is.</summary>
    public string? Problem { get; init; }

    /// <summary>How many decisions were logged.</summary>
    public long Decisions { get; init; }

    /// <summary>How many users they were shown to.</summary>
    public long Users { get; init; }

    /// <summary>The share of the proposed policy's mass that the running policy supports, in [0, 1]; null without data.</summary>
    public double? SupportShare { get; init; }

    /// <summary>The mean of the weights and the unsupported mass: 1, but for chance, when the propensities are
    /// right; null without data.</summary>
    public double? MeanWeight { get; init; }

    /// <summary>The standard error of <see cref="MeanWeight"/>, between users; null below two users.</summary>
    public double? MeanWeightError { get; init; }

    /// <summary>How many equally weighted decisions tell as much: (Σw)² ÷ Σw² (Kish 1965); null without data.</summary>
    public double? EffectiveDecisions { get; init; }

    /// <summary>The heaviest decision's share of all weight; null without data.</summary>
    public double? LargestShare { get; init; }

    /// <summary>What the policy that ran earned a decision; null when refused.</summary>
    public PolicyValue? Logged { get; init; }

    /// <summary>By inverse propensity scoring; null when refused.</summary>
    public PolicyValue? Ips { get; init; }

    /// <summary>By self-normalised inverse propensity scoring; null when refused.</summary>
    public PolicyValue? SelfNormalised { get; init; }

    /// <summary>By the doubly robust estimator; null when refused or without a model.</summary>
    public PolicyValue? DoublyRobust { get; init; }

    /// <summary>The estimate that decides: doubly robust where there is a model, else self-normalised; the others
    /// are supplementary.</summary>
    public PolicyValue? Decision => DoublyRobust ?? SelfNormalised;

    /// <summary>Evaluates a policy on a log.</summary>
    /// <param name="decisions">The log, weighed for the proposed policy.</param>
    /// <param name="options">What the log must give.</param>
    /// <exception cref="ArgumentOutOfRangeException">α lies outside (0, 1).</exception>
    public static OffPolicyEvaluation Of(IReadOnlyList<LoggedDecision> decisions, OffPolicyOptions options)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        ArgumentNullException.ThrowIfNull(options);
        if (!(options.Alpha is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Alpha, "The error lies in (0, 1).");
        }

        if (decisions.Index().Select(entry => entry.Item.Problem(entry.Index)).FirstOrDefault(problem => problem is not null) is { } problem)
        {
            return new OffPolicyEvaluation { Status = OffPolicyStatus.InvalidInput, Problem = problem };
        }

        bool hasModel = decisions.Count > 0 && decisions[0].PredictedReward is not null;
        if (decisions.Any(decision => decision.PredictedReward is not null != hasModel))
        {
            return new OffPolicyEvaluation
            {
                Status = OffPolicyStatus.InvalidInput,
                Problem = "some decisions have a prediction and some "
                + "have none; predict all of them or none"
            };
        }

        return decisions.Count == 0
            ? new OffPolicyEvaluation { Status = OffPolicyStatus.NoData, Problem = "no decision was logged" }
            : Judged(decisions, hasModel, options);
    }

    private static OffPolicyEvaluation Judged(IReadOnlyList<LoggedDecision> decisions, bool hasModel, OffPolicyOptions options)
    {
        UserSums[] users = UserSums.Of(decisions);
        PolicyValue? weights = users.Length < 2 ? null : PolicyValue.Of(users, RatioOfSums.Weights, RatioOfSums.Weights, options.Alpha);
        double total = users.Sum(user => user.Weight);
        double squares = decisions.Sum(decision => decision.Weight * decision.Weight);
        OffPolicyEvaluation diagnostics = new()
        {
            Status = OffPolicyStatus.Ok,
            Decisions = decisions.Count,
            Users = users.Length,
            SupportShare = 1 - (users.Sum(user => user.Unsupported) / decisions.Count),
            MeanWeight = RatioOfSums.Weights.Over(users).Ratio,
            MeanWeightError = weights?.StandardError,
            EffectiveDecisions = squares > 0 ? total * total / squares : 0,
            LargestShare = total > 0 ? decisions.Max(decision => decision.Weight) / total : 0,
        };
        (OffPolicyStatus status, string? problem) = diagnostics.Refusal(options);
        return status != OffPolicyStatus.Ok
            ? diagnostics with { Status = status, Problem = problem }
            : diagnostics with
            {
                Logged = PolicyValue.Of(users, RatioOfSums.Logged, RatioOfSums.Logged, options.Alpha),
                Ips = PolicyValue.Of(users, RatioOfSums.Ips, RatioOfSums.Logged, options.Alpha),
                SelfNormalised = PolicyValue.Of(users, RatioOfSums.Snips, RatioOfSums.Logged, options.Alpha),
                DoublyRobust = hasModel ? PolicyValue.Of(users, RatioOfSums.DoublyRobust, RatioOfSums.Logged, options.Alpha) : null,
            };
    }

    // In order of precedence: what no amount of data mends comes first.
    private (OffPolicyStatus Status, string? Problem) Refusal(OffPolicyOptions options)
    {
        double off = Math.Abs(MeanWeight!.Value - 1);
        return this switch
        {
            { SupportShare: { } share } when 1 - share > options.MostUnsupportedMass => (OffPolicyStatus.NoSupport,
                $"{1 - share:P1} of what the proposed policy would show was never shown by the running one (limit "
                + $"{options.MostUnsupportedMass:P1}); explore more, or propose less"),
            { MeanWeightError: null } => (OffPolicyStatus.InsufficientData, "one user tells nothing of chance"),
            { MeanWeightError: { } error } when off > (options.MostWeightErrors * error) + options.WeightTolerance => (OffPolicyStatus.WrongPropensities,
                $"the weights average {MeanWeight:0.0000} where 1 is due; the logged propensities are not those with which the items were shown"),
            { EffectiveDecisions: { } effective } when effective < options.LeastEffectiveDecisions => (OffPolicyStatus.TooFewEffective,
                $"{Decisions} decisions tell as much as {effective:0} of equal weight (at least {options.LeastEffectiveDecisions:0}); log "
                + "longer, or propose a policy nearer to the running one"),
            _ => (OffPolicyStatus.Ok, null),
        };
    }
}
