using Google.Cloud.Firestore;
using Google.Cloud.Firestore.V1;
using Google.Rpc;
using Grpc.Core;

namespace Aisle.GoogleCloud.Firestore;

/// <summary>Writes many documents, each for itself: a write whose precondition fails does not hold up its neighbours, and one that met
/// a passing fault is tried again.</summary>
/// <remarks>Firestore's BatchWrite, which is not atomic. Small batches in parallel are faster there than large ones.</remarks>
internal sealed class BatchWriter(FirestoreDb database, TimeProvider clock)
{
    private const int BatchSize = 50;
    private const int Parallelism = 8;
    private const int Attempts = 6;

    private static readonly Code[] Conflicts = [Code.FailedPrecondition, Code.AlreadyExists, Code.NotFound];

    /// <summary>Applies the writes, no two of which may be of one document.</summary>
    /// <returns>For each write, in order: the document's new tag (empty when it was removed), or null when the
    /// precondition did not hold.</returns>
    /// <exception cref="RpcException">Firestore refused a write for another reason, or the fault did not pass.</exception>
    public async Task<IReadOnlyList<string?>> WriteAsync(IReadOnlyList<Write> writes, CancellationToken cancellationToken)
    {
        string?[] results = new string?[writes.Count];
        ParallelOptions options = new() { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            Enumerable.Range(0, writes.Count).Chunk(BatchSize), options, async (batch, token) => await WriteAsync(writes, batch, results, token));
        return results;
    }

    private async Task WriteAsync(IReadOnlyList<Write> writes, int[] batch, string?[] results, CancellationToken cancellationToken)
    {
        int[] left = batch;
        for (int attempt = 1; left.Length > 0; attempt++)
        {
            BatchWriteRequest request = new()
            {
                Database = $"projects/{database.ProjectId}/databases/{database.DatabaseId}",
                Writes = { left.Select(write => writes[write]) },
            };
            BatchWriteResponse response = await database.Client.BatchWriteAsync(request, cancellationToken);
            left = [.. left.Where((write, position) => MustRepeat(response, position, results, write, attempt))];
            if (left.Length > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50 << attempt), clock, cancellationToken);
            }
        }
    }

    private static bool MustRepeat(BatchWriteResponse response, int position, string?[] results, int write, int attempt)
    {
        Google.Rpc.Status status = response.Status[position];
        Code code = (Code)status.Code;
        if (code == Code.Ok)
        {
            results[write] = response.WriteResults[position].UpdateTime is { } updated ? DocumentTags.Of(updated) : "";
        }

        if (code == Code.Ok || Conflicts.Contains(code))
        {
            return false;
        }

        return attempt < Attempts && PassingFaults.Is((StatusCode)status.Code)
            ? true
            : throw new RpcException(new Grpc.Core.Status((StatusCode)status.Code, status.Message));
    }
}
