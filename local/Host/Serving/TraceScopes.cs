using System.Diagnostics;

namespace Aisle.Host.Serving;

/// <summary>What a log line says of its request: the trace, by which a problem document and its lines are found together, and nothing else. The framework would add the path, and a path may
/// name a person (<c>DELETE /v1/users/{id}</c>).</summary>
internal sealed class TraceScopes : IExternalScopeProvider
{
    /// <inheritdoc/>
    public void ForEachScope<TState>(Action<object?, TState> callback, TState state)
    {
        ArgumentNullException.ThrowIfNull(callback);
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } request)
        {
            callback($"TraceId:{request.TraceId}, SpanId:{request.SpanId}", state);
        }
    }

    /// <summary>Keeps nothing of what a framework or a function wants to add.</summary>
    public IDisposable Push(object? state) => Nothing.Instance;

    private sealed class Nothing : IDisposable
    {
        public static readonly Nothing Instance = new();

        public void Dispose()
        {
        }
    }
}
