using Aisle.Events;
using Aisle.Experiments;
using Aisle.Local.DuckDb;
using Aisle.Numerics;
using Aisle.Reranking;
using Aisle.Testing;

namespace Aisle.Local.Tests.PortableSql;

/// <summary>Events, exposures and slates drawn from a seed to be awkward: NULLs, equal times, times on the edges of a window, texts that
/// sort differently by code unit and by code point.</summary>
internal sealed class RandomHistory(ulong seed)
{
    private const int Events = 240;
    private const int Hours = 240;

    private static readonly DateTimeOffset Start = Some.Instant;
    private static readonly string[] Names = ["ann", "Ann", "änn", "a\u0308nn", "李", "😀", "\uFFFDx", "it's -- 'q'", " a", "a b", "0", "00"];
    private static readonly string[] Products = ["p1", "p2", "P2", "größe 7", "p10", "𝄞", "\uE000"];
    private static readonly string[] Experiments = ["home-hybrid", "Home-Hybrid", "ü"];
    private static readonly string[] Variants = ["control", "treatment", "träge"];

    private readonly SeededRandom _random = new(seed);

    /// <summary>A start of a window; some events happened exactly then.</summary>
    public static DateTimeOffset EarlyInstant(SeededRandom random) => Start.AddHours(random.NextInt(Hours / 3));

    /// <summary>An end of a window; some events happened exactly then. One in twelve windows holds nothing.</summary>
    public static DateTimeOffset LateInstant(SeededRandom random) =>
        random.NextInt(12) == 0 ? Start.AddHours(-1) : Start.AddHours((Hours / 2) + random.NextInt(Hours / 2));

    /// <summary>The key of an experiment that has exposures.</summary>
    public static string Experiment(SeededRandom random) => Pick(random, Experiments);

    /// <summary>The name of a variant that was exposed.</summary>
    public static string Variant(SeededRandom random) => Pick(random, Variants);

    /// <summary>Writes the history through the product's own stores.</summary>
    public async Task WriteAsync(DuckDbDatabase database, CancellationToken cancellationToken)
    {
        await new DuckDbEventWarehouse(database).AppendAsync([.. Enumerable.Range(0, Events).Select(Event)], cancellationToken);
        await new DuckDbExposureLog(database).AppendAsync([.. Enumerable.Range(0, 40).Select(_ => Exposure())], cancellationToken);
        await new DuckDbSlateLog(database).AppendAsync([.. Enumerable.Range(0, 30).Select(Slate)], cancellationToken);
    }

    private static T Pick<T>(SeededRandom random, T[] values) => values[random.NextInt(values.Length)];

    private T Pick<T>(T[] values) => Pick(_random, values);

    private bool OneIn(int chances) => _random.NextInt(chances) == 0;

    /// <summary>Half of them on the full hour, so that many are equal and some lie on an edge; the others to the microsecond.</summary>
    private DateTimeOffset Instant() => OneIn(2)
        ? Start.AddHours(_random.NextInt(Hours))
        : Start.AddMicroseconds(_random.NextDouble() * Hours * 3_600_000_000.0);

    private InteractionEvent Event(int number)
    {
        EventType type = Pick(Enum.GetValues<EventType>());
        return WithAmounts(new InteractionEvent
        {
            Id = new EventId($"e{number}"),
            User = OneIn(8) ? null : new UserId(Pick(Names)),
            Assignment = OneIn(3) ? new AssignmentId(Pick(Names)) : null,
            Type = type,
            Product = type == EventType.PageView && OneIn(2) ? null : new ProductId(Pick(Products)),
            OccurredAt = Instant(),
            IngestedAt = Instant(),
            Session = OneIn(3) ? null : new SessionId($"s{_random.NextInt(20)}"),
            DeviceType = OneIn(3) ? null : Pick(["mobile", "desktop", ""]),
            PageType = OneIn(3) ? null : Pick(["home", "product"]),
            PageLoadMs = OneIn(3) ? null : _random.NextInt(3000),
            PageDwellMs = OneIn(3) ? null : _random.NextInt(600_000),
            Slate = OneIn(2) ? null : new SlateId($"slate{_random.NextInt(30)}"),
            Position = OneIn(2) ? null : 1 + _random.NextInt(10),
        });
    }

    private InteractionEvent WithAmounts(InteractionEvent plain)
    {
        if (plain.Type is not (EventType.Purchase or EventType.Refund or EventType.AddToCart))
        {
            return plain;
        }

        long price = OneIn(10) ? 0 : _random.NextInt(5_000_000);
        int quantity = 1 + _random.NextInt(5);
        return plain with
        {
            Quantity = OneIn(6) ? null : quantity,
            UnitPriceMinor = OneIn(6) ? null : price,
            RevenueMinor = OneIn(6) ? null : price * (plain.Type == EventType.Refund ? -quantity : quantity),
            Currency = OneIn(6) ? null : Pick(["EUR", "USD"]),
            Order = OneIn(4) ? null : new OrderId($"o{_random.NextInt(15)}"),
        };
    }

    private Exposure Exposure() =>
        new(Pick(Experiments), new AssignmentId(Pick(Names)), new UserId(Pick(Names)), OneIn(4) ? Pick(Variants) : Variants[0], Instant())
        {
            AgeBracket = OneIn(3) ? null : Pick(["18-24", "25-34"]),
            Location = OneIn(3) ? null : Pick(["Köln", "köln", ""]),
        };

    private Slate Slate(int number) => Some.Slate($"slate{number}", [.. Products.Take(_random.NextInt(Products.Length))]) with
    {
        User = OneIn(5) ? null : new UserId(Pick(Names)),
        Surface = Pick(["home", "similar"]),
        Variants = OneIn(2) ? [] : [$"{Pick(Experiments)}={Pick(Variants)}"],
        ModelVersion = OneIn(5) ? null : "v1",
        Seed = _random.NextUInt64(),
        ServedAt = Instant(),
        Inputs = OneIn(3) ? null : "{}",
    };
}
