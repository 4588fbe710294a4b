using Aisle.Events;
using Aisle.Local.DemoShop.Shoppers;
using Aisle.Numerics;

namespace Aisle.Local.DemoShop.Visits;

/// <summary>Writes down one visit: keeps its clock and numbers its events.</summary>
internal sealed class VisitRecorder(PlannedVisit visit, Visitor visitor, string deviceType)
{
    private readonly string _session = $"{visitor.Known.Id}-d{visit.Day}-{visit.Ordinal}";
    private readonly List<DemoMoment> _moments = [];
    private int _number;

    /// <summary>What has been written down, in order but for refunds, which lie days ahead.</summary>
    public IReadOnlyList<DemoMoment> Moments => _moments;

    /// <summary>The visit's time now.</summary>
    public DateTimeOffset Now { get; private set; } = visit.StartsAt;

    /// <summary>What the ids of the visit begin with.</summary>
    public string Session => _session;

    /// <summary>Lets time pass: about <paramref name="meanSeconds"/>, long stays being rare.</summary>
    public void Wait(double meanSeconds, SeededRandom random) =>
        Now = Now.AddMilliseconds(200 + (int)(-Math.Log(1 - random.NextDouble()) * meanSeconds * 1000));

    /// <summary>An event without more to say now.</summary>
    public DemoEvent Event(EventType type, ProductId? product) => Event(type, product, Now);

    /// <summary>An event at another time.</summary>
    public DemoEvent Event(EventType type, ProductId? product, DateTimeOffset at) => new()
    {
        Id = $"{_session}-{_number++}",
        Shopper = visitor.Known.Id,
        Type = type,
        Product = product,
        OccurredAt = at,
        Session = _session,
        DeviceType = deviceType,
    };

    /// <summary>Writes an event down.</summary>
    public void Add(DemoEvent happened) => _moments.Add(new DemoMoment.Happened(happened.OccurredAt, happened));

    /// <summary>Writes another moment down.</summary>
    public void Add(DemoMoment moment) => _moments.Add(moment);
}
