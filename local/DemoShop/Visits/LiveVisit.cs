using Aisle.Events;
using Aisle.Local.DemoShop.Shoppers;

namespace Aisle.Local.DemoShop.Visits;

/// <summary>A visit that begins on the home page, whose slate is made by the engine under test; the same visit can be
/// played again with another slate.</summary>
public sealed class LiveVisit
{
    private readonly DemoWorld _world;
    private readonly PlannedVisit _planned;
    private readonly Visitor _visitor;

    internal LiveVisit(DemoWorld world, PlannedVisit planned)
    {
        _world = world;
        _planned = planned;
        _visitor = world.Population.At(planned.Shopper);
    }

    /// <summary>Who comes, by the shop's own id.</summary>
    public string Shopper => _visitor.Known.Id;

    /// <summary>When it begins, UTC.</summary>
    public DateTimeOffset StartsAt => _planned.StartsAt;

    /// <summary>Plays the visit to its end.</summary>
    /// <param name="shopper">Under which of the shop's ids, so that a twin of the shopper can live through the same visit.</param>
    /// <param name="slate">The slate's id.</param>
    /// <param name="shown">What it shows, in order; products of the demo catalogue.</param>
    /// <param name="clickLift">What multiplies the chance of each click, positive; 1 changes nothing.</param>
    public LiveSession Play(string shopper, SlateId slate, IReadOnlyList<ProductId> shown, double clickLift)
    {
        ArgumentNullException.ThrowIfNull(shown);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(clickLift);
        Visitor visitor = _visitor with { Known = _visitor.Known with { Id = shopper } };
        SlateOnPage page = new(slate.Value, [.. shown.Select(_world.Catalogue.NumberOf).Where(product => product >= 0)], clickLift);
        IReadOnlyList<DemoMoment> moments = new Visit(_world, _planned, visitor, page).Play();
        return new LiveSession([.. moments.OfType<DemoMoment.Happened>().Select(moment => moment.Content)], page.ClickChance(_world, visitor), page.Products.Count);
    }
}
