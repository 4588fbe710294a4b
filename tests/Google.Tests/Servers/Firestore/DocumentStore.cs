using Google.Cloud.Firestore.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Aisle.GoogleCloud.Tests.Servers.Firestore;

/// <summary>The documents of a database, changed only by commits: all writes of one take effect at one instant, or none does.</summary>
internal sealed class DocumentStore(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Document> _documents = new(StringComparer.Ordinal);
    private long _lastMicroseconds;

    /// <summary>Every document as of now, by name, and the instant of the reading.</summary>
    public (IReadOnlyDictionary<string, Document> Documents, Timestamp ReadAt) Snapshot()
    {
        lock (_gate)
        {
            return (new SortedDictionary<string, Document>(_documents, StringComparer.Ordinal), ToTimestamp(Tick()));
        }
    }

    /// <summary>Applies all writes at one instant.</summary>
    /// <param name="writes">In order; a later one sees what an earlier one of the same commit did.</param>
    /// <param name="validate">Looks at the documents as they are before the writes and throws when a
    /// transaction's reads no longer hold.</param>
    /// <exception cref="RpcException">A precondition failed or a write is not valid; nothing was changed.</exception>
    public CommitResponse Commit(IReadOnlyList<Write> writes, Action<IReadOnlyDictionary<string, Document>> validate)
    {
        lock (_gate)
        {
            validate(_documents);
            Timestamp now = ToTimestamp(Tick());
            Dictionary<string, Document?> changed = new(StringComparer.Ordinal);
            CommitResponse response = new() { CommitTime = now };
            foreach (Write write in writes)
            {
                string name = WriteRules.NameOf(write);
                Document? before = changed.TryGetValue(name, out Document? earlier) ? earlier : _documents.GetValueOrDefault(name);
                Document? after = WriteRules.Apply(write, before, now);
                changed[name] = after;
                response.WriteResults.Add(after is null ? new WriteResult() : new WriteResult { UpdateTime = after.UpdateTime });
            }

            Keep(changed);
            return response;
        }
    }

    private void Keep(Dictionary<string, Document?> changed)
    {
        foreach ((string name, Document? document) in changed)
        {
            if (document is null)
            {
                _documents.Remove(name);
            }
            else
            {
                _documents[name] = document;
            }
        }
    }

    /// <summary>The clock's microseconds, made strictly increasing, as commit times are.</summary>
    private long Tick() => _lastMicroseconds = Math.Max(_lastMicroseconds + 1, clock.GetUtcNow().Ticks / TimeSpan.TicksPerMicrosecond);

    private static Timestamp ToTimestamp(long microseconds) =>
        Timestamp.FromDateTimeOffset(new DateTimeOffset(microseconds * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero));
}
