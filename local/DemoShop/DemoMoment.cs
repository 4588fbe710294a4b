using Aisle.Local.DemoShop.Shoppers;
using Aisle.Local.DemoShop.Visits;

namespace Aisle.Local.DemoShop;

/// <summary>One thing that happened in a demo shop.</summary>
/// <param name="At">When, UTC.</param>
public abstract record DemoMoment(DateTimeOffset At)
{
    /// <summary>A shopper did something, or was shown one item: what the shop sends to the collector.</summary>
    /// <param name="At">When, UTC.</param>
    /// <param name="Content">What.</param>
    public sealed record Happened(DateTimeOffset At, DemoEvent Content) : DemoMoment(At);

    /// <summary>A slate was shown: what the scorer would have logged.</summary>
    /// <param name="At">When, UTC.</param>
    /// <param name="Content">Which.</param>
    public sealed record SlateShown(DateTimeOffset At, DemoSlate Content) : DemoMoment(At);

    /// <summary>A variant of the experiment could matter to a shopper: what the scorer would have logged.</summary>
    /// <param name="At">When, UTC.</param>
    /// <param name="Shopper">The shopper.</param>
    /// <param name="Variant">The variant's name.</param>
    public sealed record Exposed(DateTimeOffset At, DemoShopper Shopper, string Variant) : DemoMoment(At);
}
