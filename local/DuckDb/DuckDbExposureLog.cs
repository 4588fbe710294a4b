using Aisle.Experiments;
using Aisle.Ports;
using DuckDB.NET.Data;

namespace Aisle.Local.DuckDb;

/// <summary>Exposures in the warehouse file.</summary>
/// <param name="database">The file.</param>
public sealed class DuckDbExposureLog(DuckDbDatabase database) : IExposureLog
{
    /// <inheritdoc/>
    public Task AppendAsync(IReadOnlyList<Exposure> exposures, CancellationToken cancellationToken) =>
        exposures.Count == 0 ? Task.CompletedTask : database.WriteAsync(connection => Append(connection, exposures), cancellationToken);

    private static int Append(DuckDBConnection connection, IReadOnlyList<Exposure> exposures)
    {
        using DuckDBAppender appender = connection.CreateAppender("exposures");
        foreach (Exposure exposure in exposures)
        {
            appender.CreateRow()
                .AppendValue(exposure.Experiment)
                .AppendValue(exposure.Assignment.Value)
                .AppendValue(exposure.User.Value)
                .AppendValue(exposure.Variant)
                .AppendValue(exposure.ExposedAt.ToUniversalTime())
                .AppendValue(exposure.AgeBracket)
                .AppendValue(exposure.Location)
                .EndRow();
        }

        return exposures.Count;
    }
}
