using Aisle.Events;
using Aisle.Ports;
using Aisle.Sql;
using Aisle.Statistics.OffPolicy;

namespace Aisle.AbReport.Estimating;

/// <summary>Says what a proposed policy would have earned, in clicks a position, from the slates that were shown and
/// the chances they were logged with.</summary>
/// <param name="warehouse">Slates and clicks.</param>
/// <param name="options">The error of the intervals.</param>
public sealed class PolicyEstimator(IEventWarehouse warehouse, AbReportOptions options)
{
    private const int Folds = 5;

    /// <summary>Estimates; a refusal says why.</summary>
    /// <param name="policy">What is proposed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<OffPolicyEvaluation> EstimateAsync(ProposedPolicy policy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);
        Dictionary<string, object> range = new() { ["surface"] = policy.Surface, ["variant"] = policy.Variant ?? "", ["from"] = policy.From, ["to"] = policy.To };
        List<LoggedPlace> places = await warehouse.QueryAsync(PortableQueries.LoggedPlaces, range, cancellationToken)
            .Where(place => policy.Table is null || policy.Table.ContainsKey((int)place.Position))
            .ToListAsync(cancellationToken);
        double strength = policy.Exploration ?? 1;
        if (policy.Table is null && ExplorationReach.ProblemOf(places, strength) is { } problem)
        {
            return new OffPolicyEvaluation { Status = OffPolicyStatus.NoSupport, Problem = problem, Decisions = places.Count };
        }

        IReadOnlyList<LoggedDecision> decisions = places.Count == 0 ? []
            : policy.Table is { } table ? OfTable(places, table)
            : OfExploration(places, strength);
        return OffPolicyEvaluation.Of(decisions, new OffPolicyOptions { Alpha = options.Alpha });
    }

    private static IReadOnlyList<LoggedDecision> OfTable(List<LoggedPlace> places, IReadOnlyDictionary<int, IReadOnlyDictionary<ProductId, double>> table)
    {
        int[] positions = [.. table.Keys.Order()];
        ProductId[] products = [.. places.Select(place => place.Product).Concat(table.Values.SelectMany(row => row.Keys)).Distinct()];
        Dictionary<ProductId, int> index = products.Index().ToDictionary(product => product.Item, product => product.Index);
        double[] chances = [.. from position in positions from product in products select table[position].GetValueOrDefault(product)];
        TargetPolicy target = new(positions.Length, products.Length, chances);
        return target.Weigh(Log(places, place => (Array.BinarySearch(positions, (int)place.Position), index[place.Product])), Folds);
    }

    // At each position the explored products keep their proportions, so every chance follows from the logged one.
    // The model is the position's mean.
    private static IReadOnlyList<LoggedDecision> OfExploration(List<LoggedPlace> places, double strength)
    {
        int[] positions = [.. places.Select(place => (int)place.Position).Distinct().Order()];
        TargetPolicy same = new(positions.Length, 1, [.. positions.Select(_ => 1.0)]);
        IReadOnlyList<LoggedDecision> decisions = same.Weigh(Log(places, place => (Array.BinarySearch(positions, (int)place.Position), 0)), Folds);
        return [.. decisions.Zip(places, (decision, place) => decision with { TargetProbability = Chance(place, strength) })];
    }

    // What exceeds 0 or 1 does so by rounding: ExplorationReach saw to that.
    private static double Chance(LoggedPlace place, double strength) =>
        Math.Clamp(place.IsExplored ? strength * place.Propensity : 1 - (strength * (1 - place.Propensity)), 0, 1);

    private static LoggedAction[] Log(List<LoggedPlace> places, Func<LoggedPlace, (int Stratum, int Action)> cell)
    {
        Dictionary<UserId, long> users = [];
        LoggedAction[] log = new LoggedAction[places.Count];
        for (int i = 0; i < log.Length; i++)
        {
            LoggedPlace place = places[i];
            if (!users.TryGetValue(place.User, out long user))
            {
                user = users.Count;
                users.Add(place.User, user);
            }

            (int stratum, int action) = cell(place);
            log[i] = new LoggedAction(user, stratum, action, place.IsClicked ? 1 : 0, place.Propensity);
        }

        return log;
    }
}
