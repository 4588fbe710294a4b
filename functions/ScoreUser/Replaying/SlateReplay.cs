using Aisle.ScoreUser.Answering;
using Aisle.Sql;

namespace Aisle.ScoreUser.Replaying;

/// <summary>A logged slate, made again.</summary>
/// <param name="Logged">The positions as they were logged, in order.</param>
/// <param name="Outcome">The slate that its inputs give now, with its trace.</param>
/// <param name="Changes">What is not as it was: <c>rules</c>, <c>availability</c>, <c>candidates</c>, <c>experiments</c>; and
/// <c>degraded</c> where the slate had to do without something.</param>
public sealed record SlateReplay(IReadOnlyList<LoggedSlateRow> Logged, ScoreOutcome Outcome, IReadOnlyList<string> Changes)
{
    private const double Rounding = 1e-9;

    /// <summary>Whether both show the same products at the same positions with the same propensities.</summary>
    public bool IsExact => Logged.Count == Outcome.Slate.Items.Count && Logged.Zip(Outcome.Slate.Items).All(pair =>
        pair.First.Product == pair.Second.Product && Math.Abs(pair.First.Propensity - pair.Second.Propensity) < Rounding);
}
