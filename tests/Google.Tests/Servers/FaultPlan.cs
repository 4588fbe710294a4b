using System.Collections.Concurrent;
using Grpc.Core;

namespace Aisle.GoogleCloud.Tests.Servers;

/// <summary>Faults that a server answers with, before it answers rightly: each is used up by one call, or by one
/// write of a batch.</summary>
internal sealed class FaultPlan
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<StatusCode>> _planned = new(StringComparer.Ordinal);

    /// <summary>Plans faults of one kind of call, such as <c>BatchWrite</c>.</summary>
    public void Add(string call, params ReadOnlySpan<StatusCode> codes)
    {
        ConcurrentQueue<StatusCode> queue = _planned.GetOrAdd(call, _ => new ConcurrentQueue<StatusCode>());
        foreach (StatusCode code in codes)
        {
            queue.Enqueue(code);
        }
    }

    /// <summary>The next fault of a call, or null.</summary>
    public StatusCode? Take(string call) =>
        _planned.TryGetValue(call, out ConcurrentQueue<StatusCode>? queue) && queue.TryDequeue(out StatusCode code) ? code : null;

    /// <summary>Throws the next fault of a call, if one is planned.</summary>
    public void Meet(string call)
    {
        if (Take(call) is { } code)
        {
            throw new RpcException(new Status(code, $"A planned fault of {call}."));
        }
    }
}
