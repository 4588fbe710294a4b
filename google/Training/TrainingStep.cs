using Google.Cloud.BigQuery.V2;

namespace Aisle.GoogleCloud.Training;

/// <summary>One statement of a training, which runs as a job of its own.</summary>
/// <param name="Name">A stable word, such as <c>factors</c>; part of the job's id.</param>
/// <param name="Sql">GoogleSQL, all places filled.</param>
/// <param name="Parameters">What the statement names with an @.</param>
internal sealed record TrainingStep(string Name, string Sql, IReadOnlyList<BigQueryParameter> Parameters);
