using System.Globalization;
using System.Net;
using Google;
using Google.Cloud.BigQuery.V2;

namespace Aisle.GoogleCloud.Training;

/// <summary>Long jobs, begun in one call and looked after in later ones. A job's id follows from what it does, so that BigQuery itself
/// remembers whether it was begun: a second trigger, a killed instance and an answer that got lost all find the same job.</summary>
internal sealed class WarehouseJobs(BigQueryClient client, GoogleOptions options)
{
    /// <summary>An id is used up when its job failed; a fault that passes gets the next.</summary>
    private const int Attempts = 4;

    /// <summary>Begins a step unless it was begun, and tells how it stands.</summary>
    /// <returns>The finished job, or null while it is under way or BigQuery cannot take it just now.</returns>
    /// <exception cref="TrainingRefusedException">It failed for good.</exception>
    public async Task<BigQueryJob?> AdvanceAsync(string version, TrainingStep step, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            string id = IdOf(version, step, attempt);
            BigQueryJob? job = await FindOrBeginAsync(id, step, cancellationToken);
            if (job is null || job.State != JobState.Done)
            {
                return null;
            }

            if (job.Status.ErrorResult is not { } error)
            {
                return job;
            }

            if (attempt == Attempts || !JobFaults.Passes(error))
            {
                throw JobFaults.Refusal(id, error.Reason, error.Message, inner: null);
            }
        }
    }

    /// <summary>Whether a step was begun, in whatever way it ended; null when BigQuery cannot say just now.</summary>
    public async Task<bool?> IsBegunAsync(string version, TrainingStep step, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsync(IdOf(version, step, attempt: 1), cancellationToken) is not null;
        }
        catch (GoogleApiException passing) when (JobFaults.Passes(passing))
        {
            return null;
        }
    }

    private static string IdOf(string version, TrainingStep step, int attempt) => string.Create(CultureInfo.InvariantCulture, $"aisle_{version}_{step.Name}_{attempt}");

    private async Task<BigQueryJob?> FindOrBeginAsync(string id, TrainingStep step, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsync(id, cancellationToken) ?? await BeginAsync(id, step, cancellationToken);
        }
        catch (GoogleApiException passing) when (JobFaults.Passes(passing))
        {
            return null;
        }
        catch (GoogleApiException refused) when (refused.HttpStatusCode != HttpStatusCode.Unauthorized) // expired credentials are new at the next tick
        {
            throw JobFaults.Refusal(id, refused.Error?.Errors?.FirstOrDefault()?.Reason, refused.Error?.Message ?? refused.Message, refused);
        }
    }

    private async Task<BigQueryJob?> FindAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetJobAsync(client.GetJobReference(client.ProjectId, id, options.BigQueryLocation), cancellationToken: cancellationToken);
        }
        catch (GoogleApiException absent) when (absent.HttpStatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<BigQueryJob?> BeginAsync(string id, TrainingStep step, CancellationToken cancellationToken)
    {
        QueryOptions query = new()
        {
            JobId = id,
            JobLocation = options.BigQueryLocation,
            DefaultDataset = client.GetDatasetReference(options.Dataset),
            MaximumBytesBilled = options.MaximumBytesBilled,
            Labels = new Dictionary<string, string> { ["query"] = "training", ["step"] = step.Name },
        };
        try
        {
            return await client.CreateQueryJobAsync(step.Sql, step.Parameters, query, cancellationToken);
        }
        catch (GoogleApiException begun) when (begun.HttpStatusCode == HttpStatusCode.Conflict)
        {
            return await FindAsync(id, cancellationToken);
        }
    }
}
