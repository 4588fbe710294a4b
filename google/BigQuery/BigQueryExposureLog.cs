using Aisle.Experiments;
using Aisle.Ports;
using Google.Cloud.BigQuery.V2;

namespace Aisle.GoogleCloud.BigQuery;

/// <summary>Exposures in BigQuery, streamed in as they come.</summary>
public sealed class BigQueryExposureLog : IExposureLog
{
    private readonly RowAppender _appender;

    /// <summary>Uses a dataset.</summary>
    /// <param name="client">One per process; it is safe to share.</param>
    /// <param name="options">Which dataset.</param>
    /// <param name="clock">What waiting between attempts is measured by.</param>
    public BigQueryExposureLog(BigQueryClient client, GoogleOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        _appender = new RowAppender(client, options.Dataset, clock);
    }

    /// <inheritdoc/>
    public Task AppendAsync(IReadOnlyList<Exposure> exposures, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(exposures);
        return _appender.AppendAsync("exposures", [.. exposures.Select(Row)], cancellationToken);
    }

    private static BigQueryInsertRow Row(Exposure exposure) => new()
    {
        { "experiment", exposure.Experiment },
        { "assignment_id", exposure.Assignment.Value },
        { "user_id", exposure.User.Value },
        { "variant", exposure.Variant },
        { "exposed_at", exposure.ExposedAt },
        { "age_bracket", exposure.AgeBracket },
        { "location", exposure.Location },
    };
}
