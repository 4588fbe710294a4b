namespace Aisle.Local.Import.Datasets;

/// <summary>Tells the products of UCI Online Retail from what else its invoices list.</summary>
internal static class UciStockCodes
{
    /// <summary>Why the code is no product, or null when it is one.</summary>
    /// <param name="code">The stock code in capitals.</param>
    /// <remarks>Products have five digits and up to three letters, or begin with DCGS or SP1; all other codes of
    /// the file are known by name.</remarks>
    public static string? NonProduct(string code) => code switch
    {
        "POST" or "DOT" or "C2" or "C3" => "postage or carriage, not a product",
        "M" => "a manual correction, not a product",
        "D" => "a discount, not a product",
        "S" => "samples, not a product",
        "B" => "an adjustment of bad debt, not a product",
        "AMAZONFEE" or "BANK CHARGES" or "CRUK" => "a fee or commission, not a product",
        "PADS" => "an accounting line of 0.001, not a product",
        _ when code.StartsWith("GIFT", StringComparison.Ordinal) => "a gift voucher, not a product",
        _ when IsProduct(code) => null,
        _ => "a stock code of unknown form",
    };

    private static bool IsProduct(string code) =>
        code.StartsWith("DCGS", StringComparison.Ordinal)
        || code.StartsWith("SP1", StringComparison.Ordinal)
        || (code.Length is >= 5 and <= 8 && code.AsSpan(0, 5).IndexOfAnyExceptInRange('0', '9') < 0
            && code.AsSpan(5).IndexOfAnyExceptInRange('A', 'Z') < 0);
}
