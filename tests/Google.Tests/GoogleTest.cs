using Aisle.GoogleCloud.Tests.Servers;

namespace Aisle.GoogleCloud.Tests;

/// <summary>A test with a new shop on Google's services.</summary>
public abstract class GoogleTest(GoogleFixture fixture) : IClassFixture<GoogleFixture>, IAsyncLifetime
{
    private GoogleOptions? _options;

    private protected GoogleInProcess Google => fixture.Google;

    private protected GoogleOptions Options => _options!;

    private protected static TimeProvider Impatient { get; } = new ImpatientClock(Testing.Some.Instant);

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _options = await Google.NewShopAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
