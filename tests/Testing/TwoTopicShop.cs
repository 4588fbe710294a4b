using Aisle.Candidates;
using Aisle.Candidates.Sessions;
using Aisle.Candidates.Shoppers;
using Aisle.Candidates.Training;
using Aisle.Catalogue;
using Aisle.ColdStart;
using Aisle.Events;
using Aisle.Factorization;
using Aisle.Numerics;

namespace Aisle.Testing;

/// <summary>A shop with a known answer: even products are for the kitchen and odd ones for the garden, even shoppers cook and odd ones dig,
/// and nobody touches the other half.</summary>
public static class TwoTopicShop
{
    public const int ProductCount = 40;
    public const int ShopperCount = 60;

    public static readonly DateTimeOffset AsOf = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[][] Words = [["cup", "jug", "plate", "bowl", "fork", "pan"], ["rake", "seed", "hose", "fence", "spade", "bulb"]];

    public static ModelRecipe Recipe { get; } = new()
    {
        Factors = new IalsOptions { Factors = 8, Iterations = 10, Regularization = 0.05, UnobservedWeight = 0.05, DegreeOfParallelism = 2 },
        Popularity = new PopularityOptions { CohortFloor = 10 },
    };

    public static ProductId Product(int number) => new($"p{number:D3}");

    public static UserId Shopper(int number) => new($"u{number:D3}");

    /// <summary>The last two products (one of each topic) are new: nobody touched them.</summary>
    public static Product[] Products(bool text = true)
    {
        SeededRandom random = new(5);
        return [.. Enumerable.Range(0, ProductCount).Select(number => new Product
        {
            Id = Product(number),
            Title = text ? string.Join(' ', Enumerable.Range(0, 3).Select(_ => Words[number % 2][random.NextInt(6)])) : null,
            Description = text ? $"A thing for the {(number % 2 == 0 ? "kitchen" : "garden")}." : null,
            Category = text ? (number % 2 == 0 ? "Kitchen" : "Garden") : null,
            PriceMinor = 500 + (100 * number),
            Currency = "EUR",
            Tags = text ? [number % 2 == 0 ? "indoor" : "outdoor"] : [],
            CreatedDate = number >= ProductCount - 2 ? new DateOnly(2026, 2, 27) : new DateOnly(2025, 1, 1),
        })];
    }

    public static TrainingSet Training(bool text = true)
    {
        TrainingSetBuilder builder = new(Products(text), Recipe, AsOf);
        SeededRandom random = new(6);
        for (int shopper = 0; shopper < ShopperCount; shopper++)
        {
            for (int product = shopper % 2; product < ProductCount - 2; product += 2)
            {
                if (random.NextDouble() < 0.6)
                {
                    builder.Add(Shopper(shopper), Product(product), 1 + random.NextDouble(), AsOf.AddDays(-1 - random.NextInt(60)));
                }
            }
        }

        return builder.Build();
    }

    /// <summary>Orders of products 0 and 2, and of 1 and 3, three times each.</summary>
    public static OrderLine[] OrderLines { get; } = [.. Enumerable.Range(0, 6).SelectMany(order => new[]
    {
        new OrderLine(new OrderId($"o{order}"), Shopper(order), Product(order % 2)),
        new OrderLine(new OrderId($"o{order}"), Shopper(order), Product(2 + (order % 2))),
    })];

    public static Cohort? CohortOf(UserId shopper) => new("25-34", int.Parse(shopper.Value[1..], null) % 2 == 0 ? "DE" : "FR", null);

    public static ModelDraft Draft(bool text = true, ModelRecipe? recipe = null)
    {
        ModelDraft draft = new(Training(text));
        ModelBundleTrainer trainer = new(recipe ?? Recipe);
        trainer.TrainFactors(draft, null, CancellationToken.None);
        trainer.EmbedContent(draft, CancellationToken.None);
        trainer.PlaceNewProducts(draft, CancellationToken.None);
        trainer.RankPopularity(draft, CohortOf);
        trainer.FindNeighbours(draft, OrderLines, CancellationToken.None);
        return draft;
    }

    public static ModelBundle Bundle(bool text = true, ModelRecipe? recipe = null, ShopHabits? habits = null)
    {
        ModelDraft draft = Draft(text, recipe);
        if (habits is not null)
        {
            ModelBundleTrainer.TakeHabits(draft, habits);
        }

        return new ModelBundleTrainer(recipe ?? Recipe).Finish(draft, "v1", AsOf.AddHours(1));
    }

    /// <summary>Twenty visits that go from product 4 to 35, across the topics, and shoppers who buy kitchen
    /// things again after ten days.</summary>
    public static ShopHabits Habits() => new(
        [.. Enumerable.Range(0, 20).Select(visit => new SessionClicks([4, 35], AsOf.AddDays(-visit - 1)))],
        new ReorderIntervals(new Dictionary<string, double> { ["Kitchen"] = 10 }));

    public static ShopperHistory History(params int[] products) => new()
    {
        Touched = [.. products.Select((product, index) => new TouchedProduct(Product(product), 1, EventType.View, AsOf.AddMinutes(-index)))],
    };
}
