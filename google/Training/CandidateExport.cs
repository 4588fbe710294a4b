using System.Runtime.CompilerServices;
using Aisle.Candidates.Lists;
using Aisle.Candidates.Shoppers;
using Aisle.Events;
using Aisle.GoogleCloud.PubSub;
using Aisle.Ports;
using Google.Cloud.BigQuery.V2;

namespace Aisle.GoogleCloud.Training;

/// <summary>Brings the lists of one shard of shoppers from BigQuery to where they are served from. Doing it again
/// replaces them by the same lists.</summary>
/// <param name="client">One per process; it is safe to share.</param>
/// <param name="google">Which dataset.</param>
/// <param name="options">How the version was trained.</param>
/// <param name="candidates">Receives the lists.</param>
public sealed class CandidateExport(BigQueryClient client, GoogleOptions google, TrainingOptions options, ICandidateStore candidates)
{
    private const int ListsAtOnce = 500;

    private readonly TrainingPlan _plan = new(google, options);
    private readonly WarehouseJobs _jobs = new(client, google);

    /// <summary>Writes a shard's lists under a version.</summary>
    /// <param name="shard">A shard of a trained version, in 0 … <see cref="TrainingOptions.Shards"/> − 1.</param>
    /// <param name="from">How many of its lists were written before: they come in the same order again, and are skipped.</param>
    /// <param name="keep">Told, after each batch, how many lists are written.</param>
    /// <param name="cancellationToken">Gives up; the job goes on, and a repetition finds its answer.</param>
    /// <returns>How many lists the shard has, all written; null while BigQuery still computes: ask again.</returns>
    /// <exception cref="TrainingRefusedException">The job failed for good.</exception>
    public async Task<int?> WriteAsync(
        ShardMessage shard, int from, Func<int, CancellationToken, Task> keep, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(shard);
        ArgumentNullException.ThrowIfNull(keep);
        if (await _jobs.AdvanceAsync(shard.ModelVersion, _plan.Candidates(shard), cancellationToken) is not { } job)
        {
            return null;
        }

        int written = from;
        await foreach (CandidateList[] lists in ListsAsync(job, shard.AsOf, cancellationToken).Skip(from).Chunk(ListsAtOnce).WithCancellation(cancellationToken))
        {
            await candidates.WriteAsync(shard.ModelVersion, lists, cancellationToken);
            written += lists.Length;
            await keep(written, cancellationToken);
        }

        return written;
    }

    /// <summary>Rows come ordered by shopper, best product first.</summary>
    private async IAsyncEnumerable<CandidateList> ListsAsync(BigQueryJob job, DateTimeOffset asOf, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BigQueryResults results = await job.GetQueryResultsAsync(new GetQueryResultsOptions { PageSize = google.QueryPageRows }, cancellationToken);
        (string User, Strategy Strategy)? current = null;
        List<Candidate> items = [];
        await foreach (BigQueryRow row in results.GetRowsAsync().WithCancellation(cancellationToken))
        {
            string user = (string)row["user_id"];
            if (current is { } before && before.User != user)
            {
                yield return List(before, items, asOf);
                items = [];
            }

            current = (user, Enum.Parse<Strategy>((string)row["strategy"]));
            items.Add(new Candidate(new ProductId((string)row["product_id"]), (float)(double)row["score"], Enum.Parse<CandidateSource>((string)row["source"])));
        }

        if (current is { } last)
        {
            yield return List(last, items, asOf);
        }
    }

    private static CandidateList List((string User, Strategy Strategy) shopper, List<Candidate> items, DateTimeOffset asOf) =>
        new(new UserId(shopper.User), shopper.Strategy, items, asOf);
}
