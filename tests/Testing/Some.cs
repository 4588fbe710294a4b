using Aisle.Candidates.Lists;
using Aisle.Candidates.Shoppers;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Experiments;
using Aisle.Ports;
using Aisle.Reranking;

namespace Aisle.Testing;

/// <summary>The smallest valid one of each kind; a test changes only what it is about.</summary>
public static class Some
{
    /// <summary>The instant at which all of these happen.</summary>
    public static readonly DateTimeOffset Instant = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    public static UserId User(string name = "user-1") => new(name);

    public static ProductId ProductId(string name = "product-1") => new(name);

    public static InteractionEvent Event(string id = "event-1", string user = "user-1", string product = "product-1") => new()
    {
        Id = new EventId(id),
        User = new UserId(user),
        Type = EventType.View,
        Product = new ProductId(product),
        OccurredAt = Instant,
        IngestedAt = Instant,
    };

    public static InteractionEvent Purchase(string id = "event-1", string user = "user-1", string product = "product-1", long priceMinor = 1000) =>
        Event(id, user, product) with
        {
            Type = EventType.Purchase,
            Quantity = 1,
            UnitPriceMinor = priceMinor,
            RevenueMinor = priceMinor,
            Currency = "EUR",
            Order = new OrderId($"order-of-{id}"),
        };

    public static Product Product(string id = "product-1", string? category = "Garden") => new()
    {
        Id = new ProductId(id),
        Title = $"Title of {id}",
        Category = category,
        PriceMinor = 1000,
        Currency = "EUR",
    };

    public static ShopperProfile Profile(string user = "user-1") => new()
    {
        User = new UserId(user),
        NewestEventAt = Instant,
        ExpiresAt = Instant + SessionFeatures.TimeToLive,
    };

    public static CandidateList CandidateList(string user = "user-1", params string[] products) => new(
        new UserId(user),
        Strategy.FullHybrid,
        [.. (products.Length == 0 ? ["product-1"] : products).Select((product, rank) =>
            new Candidate(new ProductId(product), 1f / (rank + 1), CandidateSource.Collaborative))],
        Instant);

    public static ServingManifest Manifest(string version = "v1") => new(version, null, Instant, Instant, Instant);

    public static Experiment Experiment(string key = "home-hybrid") => new()
    {
        Key = key,
        Salt = key,
        Variants =
        [
            new Variant("control", 0, 5000, new Dictionary<string, string>()),
            new Variant("treatment", 5000, 10000, new Dictionary<string, string> { ["alpha"] = "0.7" }),
        ],
        StartsAt = Instant,
        EndsAt = Instant.AddDays(14),
        State = ExperimentState.Running,
        Layer = "home",
        Overrides = new Dictionary<string, string> { ["tester"] = "treatment" },
    };

    public static Exposure Exposure(string assignment = "user-1", string variant = "control") =>
        new("home-hybrid", new AssignmentId(assignment), new UserId(assignment), variant, Instant);

    public static Slate Slate(string id = "slate-1", params string[] products) => new()
    {
        Id = new SlateId(id),
        User = User(),
        Surface = "home",
        Strategies = ["full_hybrid"],
        Variants = [],
        ModelVersion = "v1",
        Seed = 1,
        EligibleCount = Math.Max(1, products.Length),
        ServedAt = Instant,
        Items = [.. (products.Length == 0 ? ["product-1"] : products).Select((product, index) =>
            new SlateItem(new ProductId(product), index + 1, 1.0 / (index + 1), SlotKind.Ranked, 1))],
    };

    public static Run Run(string id = "retrain-20260115") => new()
    {
        Id = id,
        State = RunState.Running,
        AsOf = Instant,
        StartedAt = Instant,
        Steps = [new RunStep { Name = "snapshot", State = RunStepState.Pending }],
        ModelVersion = "v1",
    };

    public static QueueMessage Message(string text = "hello") =>
        new(System.Text.Encoding.UTF8.GetBytes(text), new Dictionary<string, string> { ["kind"] = "event" });
}
