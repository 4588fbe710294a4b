using System.Net;

namespace Aisle.Host.Tests.Importing;

/// <summary>A body of <c>{}</c> whose second byte is sent when the test says so: its request is under way until then.</summary>
internal sealed class SlowBody : HttpContent
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the first half is sent.</summary>
    public Task Begun => _begun.Task;

    /// <summary>Sends the rest.</summary>
    public void End() => _end.TrySetResult();

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync("{"u8.ToArray());
        await stream.FlushAsync();
        _begun.TrySetResult();
        await _end.Task;
        await stream.WriteAsync("}"u8.ToArray());
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
