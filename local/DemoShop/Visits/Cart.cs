using Aisle.Events;
using Aisle.Numerics;

namespace Aisle.Local.DemoShop.Visits;

/// <summary>What one visit puts into the cart, takes out again, buys, and days later gives back.</summary>
internal sealed class Cart(DemoWorld world, VisitRecorder record, SeededRandom random)
{
    private const double RemoveShare = 0.13;
    private const double ReturnShare = 0.07;

    private readonly List<(FoundProduct Found, int Quantity)> _lines = [];

    /// <summary>Whether there is nothing to buy.</summary>
    public bool IsEmpty => _lines.Count == 0;

    /// <summary>Puts a product in; some think better of it at once.</summary>
    public void Add(FoundProduct found)
    {
        if (_lines.Exists(line => line.Found.Product == found.Product))
        {
            return;
        }

        int quantity = random.NextDouble() < 0.15 ? 2 : 1;
        record.Add(Priced(EventType.AddToCart, found, quantity));
        record.Wait(6, random);
        if (random.NextDouble() < RemoveShare)
        {
            record.Add(record.Event(EventType.RemoveFromCart, world.Catalogue.IdOf(found.Product)) with { PageType = "cart" });
            record.Wait(3, random);
            return;
        }

        _lines.Add((found, quantity));
    }

    /// <summary>Buys all lines in one order.</summary>
    public void Buy()
    {
        string order = "order-" + record.Session;
        record.Wait(40, random);
        foreach ((FoundProduct found, int quantity) in _lines)
        {
            record.Add(Priced(EventType.Purchase, found, quantity) with { Order = order, PageType = "checkout" });
            if (random.NextDouble() < ReturnShare)
            {
                Return(found, quantity, order);
            }
        }
    }

    private void Return(FoundProduct found, int quantity, string order)
    {
        DateTimeOffset at = record.Now.AddDays(3).AddSeconds(random.NextInt(11 * 86_400));
        DemoEvent refund = Priced(EventType.Refund, found, quantity) with { OccurredAt = at, Session = null, Order = order, Slate = null, Position = null };
        record.Add(refund);
    }

    private DemoEvent Priced(EventType type, FoundProduct found, int quantity) =>
        record.Event(type, world.Catalogue.IdOf(found.Product)) with
        {
            Quantity = quantity,
            UnitPriceMinor = world.Catalogue.TraitsOf(found.Product, found.Shelf).PriceMinor,
            Currency = world.Options.Currency,
            Slate = found.Slate,
            Position = found.Position,
        };
}
