namespace Aisle.Testing;

/// <summary>The public data sets that some tests want; none is in the repository.</summary>
public static class PublicData
{
    /// <summary>A file of the folder named by <c>AISLE_DATA</c>, or of <c>shared/data</c> beside the checkout; the
    /// test skips where there is none.</summary>
    public static string Require(string folder, string file)
    {
#pragma warning disable RS0030 // A developer's own folder is no setting of the product.
        string? named = Environment.GetEnvironmentVariable("AISLE_DATA");
#pragma warning restore RS0030
        string[] places = named is null
            ? [Path.Combine(RepositoryRoot.Path, "..", "shared", "data"), Path.Combine(RepositoryRoot.Path, "..", "..", "shared", "data")]
            : [named];
        string? found = places.Select(place => Path.Combine(place, folder, file)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, $"There is no {folder}/{file}: fetch the public data set into ../shared/data, or name its folder in AISLE_DATA.");
        return found!;
    }
}
