using System.Collections.Concurrent;
using Google.Cloud.Firestore.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Aisle.GoogleCloud.Tests.Servers.Firestore;

/// <summary>What each open transaction has read. It commits only if all of that still holds; else it is aborted
/// and the client begins again.</summary>
internal sealed class TransactionLog
{
    private readonly ConcurrentDictionary<ByteString, ConcurrentQueue<Action<IReadOnlyDictionary<string, Document>>>> _open = new();
    private int _count;

    /// <summary>Opens a transaction.</summary>
    public ByteString Begin()
    {
        ByteString id = ByteString.CopyFromUtf8($"transaction-{Interlocked.Increment(ref _count)}");
        _open[id] = new ConcurrentQueue<Action<IReadOnlyDictionary<string, Document>>>();
        return id;
    }

    /// <summary>Remembers that a document was read as it is here; null when there was none.</summary>
    public void Read(ByteString transaction, string name, Document? seen) =>
        Of(transaction).Enqueue(documents => Demand(Equals(documents.GetValueOrDefault(name)?.UpdateTime, seen?.UpdateTime)));

    /// <summary>Remembers a query and its answer.</summary>
    public void Read(ByteString transaction, QueryEvaluator query, IReadOnlyList<Document> seen)
    {
        (string, Timestamp)[] answer = [.. seen.Select(document => (document.Name, document.UpdateTime))];
        Of(transaction).Enqueue(documents =>
            Demand(query.Evaluate(documents).Select(document => (document.Name, document.UpdateTime)).SequenceEqual(answer)));
    }

    /// <summary>Closes a transaction.</summary>
    /// <returns>The check of its reads; of nothing when there was no transaction.</returns>
    public Action<IReadOnlyDictionary<string, Document>> Close(ByteString transaction)
    {
        if (transaction.IsEmpty)
        {
            return static _ => { };
        }

        ConcurrentQueue<Action<IReadOnlyDictionary<string, Document>>> reads = Of(transaction);
        _open.TryRemove(transaction, out _);
        return documents =>
        {
            foreach (Action<IReadOnlyDictionary<string, Document>> stillHolds in reads)
            {
                stillHolds(documents);
            }
        };
    }

    /// <summary>Forgets a transaction; one that was aborted is forgotten already.</summary>
    public void Forget(ByteString transaction) => _open.TryRemove(transaction, out _);

    private ConcurrentQueue<Action<IReadOnlyDictionary<string, Document>>> Of(ByteString transaction) =>
        _open.TryGetValue(transaction, out ConcurrentQueue<Action<IReadOnlyDictionary<string, Document>>>? reads)
            ? reads
            : throw WriteRules.Refused(StatusCode.InvalidArgument, "The transaction is unknown or closed.");

    private static void Demand(bool holds)
    {
        if (!holds)
        {
            throw WriteRules.Refused(StatusCode.Aborted, "Another commit changed what the transaction had read.");
        }
    }
}
