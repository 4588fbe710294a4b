using Aisle.Events;
using Aisle.Local.DemoShop.Chance;
using Aisle.Local.DemoShop.Shoppers;
using Aisle.Numerics;

namespace Aisle.Local.DemoShop.Visits;

/// <summary>Plays one visit: the home page with its slate, some product pages, perhaps a cart, an order, and days later a return.</summary>
internal sealed class Visit
{
    private const double ContinueShare = 0.74;
    private const double StayOnShelfShare = 0.7;
    private const double LeaveWhenSlow = 0.35;
    private const int SlowMs = 2_500;

    private readonly DemoWorld _world;
    private readonly Visitor _visitor;
    private readonly SeededRandom _random;
    private readonly VisitRecorder _record;
    private readonly Cart _cart;
    private readonly SlateOnPage? _given;
    private readonly bool _mobile;
    private readonly int _daysBeforeEnd;

    /// <summary>Sets the visit up.</summary>
    /// <param name="world">Where.</param>
    /// <param name="planned">Who and when.</param>
    /// <param name="visitor">The shopper, when it is not the planned one under the shop's own id.</param>
    /// <param name="given">The slate that the home page shows, when the world does not draw one; the visit then begins there.</param>
    public Visit(DemoWorld world, PlannedVisit planned, Visitor? visitor = null, SlateOnPage? given = null)
    {
        _world = world;
        _given = given;
        _visitor = visitor ?? world.Population.At(planned.Shopper);
        _random = Streams.Of(world.Options.Seed, StreamPurpose.Visit, planned.Shopper, ((long)planned.Day << 8) + planned.Ordinal);
        string device = _random.NextDouble() < 0.85 ? _visitor.Known.DeviceType : "desktop";
        _mobile = device == "mobile";
        _record = new VisitRecorder(planned, _visitor, device);
        _daysBeforeEnd = world.Options.Days - 1 - planned.Day;
        _cart = new Cart(world, _record, _random);
    }

    /// <summary>All moments of the visit; what lies before the next visit's start is not sorted.</summary>
    public IReadOnlyList<DemoMoment> Play()
    {
        int interest = _world.Browser.Interest(_visitor, _daysBeforeEnd, _random);
        bool startsAtHome = _random.NextDouble() < 0.7 || _given is not null;
        bool stays = OpenPage(startsAtHome ? "home" : "category", null);
        if (startsAtHome && (stays || _given is not null) && ShowSlate(interest) is { } clicked)
        {
            Look(clicked);
        }

        while (stays && _random.NextDouble() < ContinueShare)
        {
            interest = _random.NextDouble() < StayOnShelfShare ? interest : _world.Browser.Interest(_visitor, _daysBeforeEnd, _random);
            Browse(interest);
        }

        CheckOut();
        return _record.Moments;
    }

    private void Browse(int shelf)
    {
        int product = _world.Browser.Choose(_visitor, shelf, _daysBeforeEnd, _random);
        if (_random.NextDouble() < 0.3)
        {
            _record.Add(_record.Event(EventType.Click, _world.Catalogue.IdOf(product)) with { PageType = "category" });
            _record.Wait(1, _random);
        }

        Look(new FoundProduct(product, shelf, null, null));
    }

    private FoundProduct? ShowSlate(int interest)
    {
        HomeSlate? drawn = _given is null ? HomeSlate.Draw(_world, _visitor, interest, _daysBeforeEnd, _random) : null;
        _record.Wait(0.3, _random);
        FoundProduct? clicked = drawn is null
            ? _given!.Show(_record, _world, _visitor, _random)
            : drawn.Show(_record, _world, _visitor, _random);
        _record.Wait(4, _random);
        return clicked;
    }

    private void Look(FoundProduct found)
    {
        ProductId id = _world.Catalogue.IdOf(found.Product);
        if (_random.NextDouble() < 0.45)
        {
            OpenPage("product", id);
        }

        _record.Add(_record.Event(EventType.View, id) with { PageType = "product", Slate = found.Slate, Position = found.Position });
        _record.Wait(25, _random);
        double liking = _world.Browser.Liking(_visitor, found.Product, found.Shelf);
        if (_random.NextDouble() < 0.22 / (1 + Math.Exp(-liking - 0.6)))
        {
            _cart.Add(found);
        }
    }

    private void CheckOut()
    {
        if (_cart.IsEmpty || _random.NextDouble() > 0.62)
        {
            return;
        }

        OpenPage("checkout", null);
        _cart.Buy();
    }

    // Pages load faster on desktops; a slow one drives shoppers away.
    private bool OpenPage(string pageType, ProductId? product)
    {
        int loadMs = (int)(Math.Exp(0.45 * _random.NextNormal()) * (_mobile ? 1_150 : 750));
        int dwellMs = (int)(-Math.Log(1 - _random.NextDouble()) * 20_000) + 500;
        _record.Add(_record.Event(EventType.PageView, product) with { PageType = pageType, PageLoadMs = loadMs, PageDwellMs = dwellMs });
        _record.Wait(2, _random);
        return loadMs < SlowMs || _random.NextDouble() > LeaveWhenSlow;
    }
}
