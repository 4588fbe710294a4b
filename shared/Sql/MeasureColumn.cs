namespace Aisle.Sql;

/// <summary>What a measure adds up over the events that it takes.</summary>
public enum MeasureColumn
{
    /// <summary>The events themselves: each counts 1.</summary>
    Events,

    /// <summary>Net revenue, in minor units; an amount, so that its squares may need more than 64 bits.</summary>
    RevenueMinor,

    /// <summary>Pieces.</summary>
    Quantity,

    /// <summary>Time on the page, in milliseconds.</summary>
    PageDwellMs,

    /// <summary>How long the page took to load, in milliseconds.</summary>
    PageLoadMs,
}
