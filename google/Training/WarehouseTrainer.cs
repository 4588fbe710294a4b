using System.Text.RegularExpressions;
using Aisle.Ports;
using Google.Cloud.BigQuery.V2;

namespace Aisle.GoogleCloud.Training;

/// <summary>Trains a model inside BigQuery, where shoppers outgrow one machine: begun by one tick and looked after by the
/// next ones, none of which waits.</summary>
public sealed partial class WarehouseTrainer
{
    /// <summary>Among the figures of <see cref="EvaluateAsync"/>: which share of the products that <c>ML.RECOMMEND</c> gives some shoppers is found again by
    /// dot products of the factors, in 0 … 1.</summary>
    public const string Agreement = "agreement";

    private readonly TrainingPlan _plan;
    private readonly WarehouseJobs _jobs;
    private readonly CatalogueRows _catalogue;

    /// <summary>Uses a dataset.</summary>
    /// <param name="client">One per process; it is safe to share.</param>
    /// <param name="google">Which dataset.</param>
    /// <param name="options">How to train.</param>
    /// <param name="catalogue">What the shop sells.</param>
    /// <param name="clock">What waiting between attempts is measured by.</param>
    public WarehouseTrainer(BigQueryClient client, GoogleOptions google, TrainingOptions options, ICatalogueStore catalogue, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(google);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _plan = new TrainingPlan(google, options);
        _jobs = new WarehouseJobs(client, google);
        _catalogue = new CatalogueRows(client, google, catalogue, clock);
    }

    /// <summary>Brings the training of a version forward: begins the next step when the one before is done, and goes on as
    /// long as steps are done at once.</summary>
    /// <param name="version">Letters, digits and underscores, such as <c>20260115T030000000Z</c>.</param>
    /// <param name="asOf">The moment that it is trained as of; the same in each call.</param>
    /// <param name="cancellationToken">Gives up this call; jobs that were begun go on.</param>
    /// <exception cref="TrainingRefusedException">A step failed for good.</exception>
    public async Task<TrainingProgress> AdvanceAsync(string version, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        if (!VersionForm().IsMatch(version))
        {
            throw new ArgumentException($"\"{version}\" cannot be part of a table's name: use letters, digits and underscores.", nameof(version));
        }

        IReadOnlyList<TrainingStep> steps = [new("catalogue", "", []), .. _plan.Steps(version, asOf)];
        for (int done = 0; done < steps.Count; done++)
        {
            if (!await AdvanceAsync(version, steps, done, cancellationToken))
            {
                return new TrainingProgress(done, steps.Count, steps[done].Name);
            }
        }

        return new TrainingProgress(steps.Count, steps.Count, Current: null);
    }

    /// <summary>BigQuery ML's own figures on its fit, by their names, which differ between its releases; and <see cref="Agreement"/>.</summary>
    /// <returns>Null while the job is under way.</returns>
    public async Task<IReadOnlyDictionary<string, double>?> EvaluateAsync(string version, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        if (await _jobs.AdvanceAsync(version, _plan.Evaluation(version, asOf), cancellationToken) is not { } job)
        {
            return null;
        }

        BigQueryResults results = await job.GetQueryResultsAsync(options: null, cancellationToken);
        BigQueryRow? figures = await results.GetRowsAsync().FirstOrDefaultAsync(cancellationToken);
        return figures is null ? new Dictionary<string, double>() : figures.Schema.Fields
            .Where(field => figures[field.Name] is double)
            .ToDictionary(field => field.Name, field => (double)figures[field.Name]);
    }

    /// <summary>The catalogue is no job: it is written again until the first job after it exists, which is when it was complete.</summary>
    private async Task<bool> AdvanceAsync(string version, IReadOnlyList<TrainingStep> steps, int step, CancellationToken cancellationToken)
    {
        if (step > 0)
        {
            return await _jobs.AdvanceAsync(version, steps[step], cancellationToken) is not null;
        }

        bool? begun = await _jobs.IsBegunAsync(version, steps[1], cancellationToken);
        if (begun == false && await _catalogue.WriteAsync(version, cancellationToken) == 0)
        {
            throw JobFaults.Empty(version);
        }

        return begun is not null;
    }

    [GeneratedRegex("^[A-Za-z0-9_]{1,100}\\z")]
    private static partial Regex VersionForm();
}
