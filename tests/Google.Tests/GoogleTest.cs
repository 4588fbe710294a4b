using Aisle.GoogleCloud.Tests.Servers;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.GoogleCloud.Tests;

/// <summary>A test that has Google's services in its process, new and empty, by a clock that stands until it is moved.</summary>
public abstract class GoogleTest : IAsyncLifetime
{
    /// <summary>Where the servers' clock stands at the start of each test.</summary>
    protected static readonly DateTimeOffset Now = new(2026, 1, 15, 10, 0, 0, TimeSpan.Zero);

    private GoogleInProcess? _google;

    private protected GoogleInProcess Google => _google!;

    private protected FakeTimeProvider Clock { get; } = new(Now);

    private protected static TimeProvider Impatient { get; } = new ImpatientClock();

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _google = await GoogleInProcess.StartAsync(Clock);

    public async ValueTask DisposeAsync()
    {
        await Google.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
