namespace Aisle.Sql;

/// <summary>A column of an event that a measure may ask for.</summary>
public enum MeasureFilterColumn
{
    /// <summary>The slate that showed the product.</summary>
    SlateId,

    /// <summary>The product.</summary>
    ProductId,

    /// <summary>The kind of page, as the shop names it.</summary>
    PageType,

    /// <summary>The kind of device, as the shop names it.</summary>
    DeviceType,
}
