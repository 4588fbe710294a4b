using Aisle.GoogleCloud.Tests.Servers;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.GoogleCloud.Tests;

/// <summary>Google's services for the tests of one class, by a clock that stands.</summary>
public sealed class GoogleFixture : IAsyncLifetime
{
    private GoogleInProcess? _google;

    internal GoogleInProcess Google => _google!;

    public async ValueTask InitializeAsync() => _google = await GoogleInProcess.StartAsync(new FakeTimeProvider(Testing.Some.Instant));

    public ValueTask DisposeAsync() => Google.DisposeAsync();
}
