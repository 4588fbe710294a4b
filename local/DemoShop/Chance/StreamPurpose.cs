namespace Aisle.Local.DemoShop.Chance;

/// <summary>What a stream of chance is for; streams of different purposes are unrelated.</summary>
internal enum StreamPurpose
{
    /// <summary>A subcategory's size, brands and order of popularity.</summary>
    Subcategory = 1,

    /// <summary>One product's traits.</summary>
    Product,

    /// <summary>One persona's taste.</summary>
    Persona,

    /// <summary>One shopper's cohort, taste and activity.</summary>
    Shopper,

    /// <summary>Whether one shopper likes one brand.</summary>
    Brand,

    /// <summary>How often one shopper comes on one day.</summary>
    Calendar,

    /// <summary>What happens in one visit.</summary>
    Visit,
}
