using Aisle.Candidates;
using Aisle.Candidates.Shoppers;
using Aisle.Candidates.Training;
using Aisle.Evaluation.Holdouts;
using Aisle.Events;
using Aisle.Feedback;

namespace Aisle.Benchmarks.Shops;

/// <summary>A shop cut in two: what a model may learn from, and what its shoppers went on to choose.</summary>
/// <param name="Training">What came before.</param>
/// <param name="Holdout">What came after, of shoppers who were there before.</param>
/// <param name="Orders">The order lines of what came before.</param>
internal sealed record ShopSplit(TrainingSet Training, Holdout Holdout, IReadOnlyList<OrderLine> Orders)
{
    /// <summary>The test: the end of the data.</summary>
    public static ShopSplit Test(ShopData data)
    {
        (List<ShopEvent> before, List<ShopEvent> after, DateTimeOffset cut) = Cut(data, data.Events);
        return Of(data, before, after, cut);
    }

    /// <summary>The test with some products hidden from training; shoppers are judged by these alone.</summary>
    public static ShopSplit Test(ShopData data, IReadOnlySet<string> hidden)
    {
        (List<ShopEvent> before, List<ShopEvent> after, DateTimeOffset cut) = Cut(data, data.Events);
        return Of(data, [.. before.Where(act => !hidden.Contains(act.Product))], [.. after.Where(act => hidden.Contains(act.Product))], cut);
    }

    /// <summary>For tuning: the end of what comes before the test. Nothing of the test is in it.</summary>
    public static ShopSplit Validation(ShopData data)
    {
        (List<ShopEvent> before, List<ShopEvent> after, DateTimeOffset cut) = Cut(data, Cut(data, data.Events).Before);
        return Of(data, before, after, cut);
    }

    private static (List<ShopEvent> Before, List<ShopEvent> After, DateTimeOffset At) Cut(ShopData data, IReadOnlyList<ShopEvent> events) =>
        data.HeldDays is { } days ? ByTime(events, days) : ByLastPurchase(events);

    private static (List<ShopEvent> Before, List<ShopEvent> After, DateTimeOffset At) ByTime(IReadOnlyList<ShopEvent> events, int days)
    {
        DateTimeOffset cut = events.Max(act => act.At).AddDays(-days);
        return ([.. events.Where(act => act.At < cut)], [.. events.Where(act => act.At >= cut)], cut);
    }

    private static (List<ShopEvent> Before, List<ShopEvent> After, DateTimeOffset At) ByLastPurchase(IReadOnlyList<ShopEvent> events)
    {
        List<ShopEvent> before = [];
        List<ShopEvent> after = [];
        foreach (IGrouping<string, ShopEvent> user in events.GroupBy(act => act.User))
        {
            ShopEvent[] history = [.. user.OrderBy(act => act.At)];
            int last = Array.FindLastIndex(history, act => act.Type == EventType.Purchase);
            before.AddRange(last > 0 ? history[..last] : history);
            if (last > 0)
            {
                after.Add(history[last]);
            }
        }

        return (before, after, events.Max(act => act.At).AddSeconds(1));
    }

    private static ShopSplit Of(ShopData data, List<ShopEvent> before, List<ShopEvent> after, DateTimeOffset cut)
    {
        FeedbackScale scale = data.Recipe.Feedback;
        TrainingSetBuilder builder = new(data.Products, data.Recipe, cut);
        foreach (IGrouping<(string User, string Product), ShopEvent> pair in before.GroupBy(act => (act.User, act.Product)))
        {
            double sum = pair.Sum(act => scale.WeightOf(act.Type, act.At, cut));
            if (sum > 0)
            {
                builder.Add(new UserId(pair.Key.User), new ProductId(pair.Key.Product), scale.Combine(sum), pair.Max(act => act.At));
            }
        }

        TrainingSet training = builder.Build();
        InteractionMatrixBuilder held = new(training.Users.Count, training.Items.Count);
        foreach (ShopEvent act in after)
        {
            if (training.Users.TryGetIndex(new UserId(act.User), out int user) && training.Items.TryGetIndex(new ProductId(act.Product), out int item))
            {
                held.Add(user, item, 1);
            }
        }

        return new ShopSplit(training, new Holdout(training.Interactions, held.Build()), [.. before.Where(act => act.Order is not null)
            .Select(act => new OrderLine(new OrderId(act.Order!), new UserId(act.User), new ProductId(act.Product)))]);
    }
}
