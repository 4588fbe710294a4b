using Aisle.Catalogue;
using Aisle.GoogleCloud.Firestore;
using Aisle.Testing;

namespace Aisle.GoogleCloud.Tests.Firestore;

public sealed class FirestoreAvailabilityOverlayTests(GoogleFixture fixture) : GoogleTest(fixture)
{
    [Fact]
    public async Task A_reader_beside_many_writers_misses_no_change()
    {
        FirestoreAvailabilityOverlay overlay = new(GoogleClients.Firestore(Options));
        Task writing = Task.WhenAll(Enumerable.Range(0, 10).Select(i => overlay.RecordAsync(
            [new Availability(Some.ProductId($"p{i}"), 0, InStock: true, null, null, Deleted: false)], Token)));
        List<Availability> seen = [];
        while (!writing.IsCompleted)
        {
            seen.AddRange(await overlay.ReadSinceAsync(seen.LastOrDefault()?.Version ?? 0, Token));
        }

        await writing;
        seen.AddRange(await overlay.ReadSinceAsync(seen.LastOrDefault()?.Version ?? 0, Token));

        Assert.Equal(Enumerable.Range(1, 10).Select(i => (long)i), seen.Select(change => change.Version));
        Assert.Equal(10, seen.DistinctBy(change => change.Product).Count());
    }
}
