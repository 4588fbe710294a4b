using Aisle.GoogleCloud.Bucket;
using Aisle.Testing;

namespace Aisle.GoogleCloud.Tests.Bucket;

public sealed class BucketModelStoreTests : IDisposable
{
    private readonly TemporaryFolder _made = new();
    private readonly TemporaryFolder _mount = new();
    private readonly TemporaryFolder _cache = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _made.Dispose();
        _mount.Dispose();
        _cache.Dispose();
    }

    [Fact]
    public async Task A_bundle_whose_writing_was_broken_off_is_not_there_until_it_is_saved_again()
    {
        await File.WriteAllTextAsync(_made.File("items.bin"), "bytes", Token);
        using BucketModelStore store = new(_mount.Path, _cache.Path);
        Directory.CreateDirectory(Path.Combine(_mount.Path, "v1"));
        await File.WriteAllTextAsync(Path.Combine(_mount.Path, "v1", "items.bin"), "byt", Token);

        Assert.Null(await store.OpenAsync("v1", Token));
        Assert.Empty(await store.ListAsync(Token));
        await store.SaveAsync("v1", _made.Path, Token);

        string folder = Assert.IsType<string>(await store.OpenAsync("v1", Token));
        Assert.Equal("bytes", await File.ReadAllTextAsync(Path.Combine(folder, "items.bin"), Token));
    }

    [Fact]
    public async Task A_bundle_is_read_from_the_local_copy()
    {
        await File.WriteAllTextAsync(_made.File("items.bin"), "bytes", Token);
        using BucketModelStore store = new(_mount.Path, _cache.Path);
        await store.SaveAsync("v1", _made.Path, Token);

        Assert.StartsWith(_cache.Path, await store.OpenAsync("v1", Token));
    }

    [Fact]
    public async Task A_local_copy_that_is_not_of_the_buckets_bundle_is_made_again()
    {
        await File.WriteAllTextAsync(_made.File("items.bin"), "of today", Token);
        using BucketModelStore store = new(_mount.Path, _cache.Path);
        await store.SaveAsync("v1", _made.Path, Token);
        Directory.CreateDirectory(_cache.File("v1"));
        await File.WriteAllTextAsync(Path.Combine(_cache.File("v1"), "items.bin"), "of an older release", Token);

        string folder = Assert.IsType<string>(await store.OpenAsync("v1", Token));

        Assert.Equal("of today", await File.ReadAllTextAsync(Path.Combine(folder, "items.bin"), Token));
    }

    [Fact]
    public async Task Local_memory_holds_the_four_copies_opened_last()
    {
        await File.WriteAllTextAsync(_made.File("items.bin"), "bytes", Token);
        using BucketModelStore store = new(_mount.Path, _cache.Path);
        string[] versions = ["v1", "v2", "v3", "v4", "v5"];
        foreach (string version in versions)
        {
            await store.SaveAsync(version, _made.Path, Token);
        }

        foreach (string version in (string[])["v1", "v2", "v3", "v4", "v1", "v5"])
        {
            await store.OpenAsync(version, Token);
        }

        Assert.Equal(["v1", "v3", "v4", "v5"], Directory.EnumerateDirectories(_cache.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(versions, await store.ListAsync(Token));
        Assert.NotNull(await store.OpenAsync("v2", Token));
    }

    [Fact]
    public async Task A_file_that_is_not_what_was_saved_is_refused()
    {
        await File.WriteAllTextAsync(_made.File("items.bin"), "bytes", Token);
        using BucketModelStore store = new(_mount.Path, _cache.Path);
        await store.SaveAsync("v1", _made.Path, Token);
        await File.WriteAllTextAsync(Path.Combine(_mount.Path, "v1", "items.bin"), "byt", Token);

        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() => store.OpenAsync("v1", Token));

        Assert.Contains("items.bin is not what was saved", refused.Message);
    }

    [Fact]
    public async Task A_version_with_a_slash_is_refused()
    {
        using BucketModelStore store = new(_mount.Path, _cache.Path);

        await Assert.ThrowsAsync<ArgumentException>(() => store.OpenAsync("../v1", Token));
    }
}
