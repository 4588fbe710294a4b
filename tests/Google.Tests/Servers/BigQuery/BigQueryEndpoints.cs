using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Aisle.GoogleCloud.Tests.Servers.BigQuery;

/// <summary>The requests that the client library makes for our adapters.</summary>
internal sealed class BigQueryEndpoints(DuckDbEngine engine)
{
    private const string Root = "/bigquery/v2/projects/{project}";

    private readonly ConcurrentDictionary<string, QueryAnswer> _jobs = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<BigQueryFault> _requestFaults = new();
    private readonly ConcurrentQueue<string> _rowFaults = new();
    private readonly ConcurrentQueue<string> _seen = new();
    private readonly ConcurrentQueue<JsonObject> _jobConfigurations = new();
    private readonly ConcurrentDictionary<string, QueryAnswer> _standIns = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _never = new();

    /// <summary>How jobs come to their end.</summary>
    public JobFates Fates { get; } = new();

    /// <summary>The requests so far: method, path, encoding of the body.</summary>
    public IReadOnlyCollection<string> Seen => _seen;

    /// <summary>What each query job was told to do.</summary>
    public IReadOnlyCollection<JsonObject> JobConfigurations => _jobConfigurations;

    /// <summary>Permissions on tables that the caller lacks.</summary>
    public ConcurrentDictionary<string, bool> Denied { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether queries go on for ever from now on.</summary>
    public bool QueriesHang { get; set; }

    /// <summary>The next request of any kind fails as a whole.</summary>
    public void FailRequest(int status, string reason, string message = "A planned fault.") =>
        _requestFaults.Enqueue(new BigQueryFault(status, reason, message));

    /// <summary>The next insert answers 200, with this reason for its first row.</summary>
    public void FailRow(string reason) => _rowFaults.Enqueue(reason);

    /// <summary>Statements that contain this text are not run (DuckDB has no BigQuery ML): they succeed with this answer.</summary>
    public void StandIn(string text, QueryAnswer answer) => _standIns[text] = answer;

    public void Map(WebApplication application)
    {
        application.Use(GuardAsync);
        application.MapPost(Root + "/queries", (string project, JsonObject body) => Query(project, body));
        application.MapPost(Root + "/jobs", (string project, JsonObject body) => InsertJob(project, body));
        application.MapGet(Root + "/jobs/{job}", (string project, string job) => FindJob(project, job));
        application.MapPost(Root + "/jobs/{job}/cancel", (string project, string job) => new JsonObject { ["job"] = Job(project, job) });
        application.MapGet(Root + "/queries/{job}", PageAsync);
        application.MapGet(Root + "/datasets/{dataset}/tables", (string project, string dataset) => Tables(project, dataset));
        application.MapPost(Root + "/datasets/{dataset}/tables/{table}:testIamPermissions", (string dataset, string table, JsonObject body) => Permissions(dataset, table, body));
        application.MapPost(Root + "/datasets/{dataset}/tables/{table}/insertAll", (string dataset, string table, JsonObject body) =>
            Insert(dataset, table, body));
    }

    /// <summary>Stands before the decompression, which takes the encoding away.</summary>
    public Task RecordAsync(HttpContext context, RequestDelegate next)
    {
        _seen.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {context.Request.Headers.ContentEncoding}".TrimEnd());
        return next(context);
    }

    private async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            if (_requestFaults.TryDequeue(out BigQueryFault? planned))
            {
                throw planned;
            }

            await next(context);
        }
        catch (BigQueryFault fault)
        {
            context.Response.StatusCode = fault.Status;
            await context.Response.WriteAsJsonAsync(new JsonObject
            {
                ["error"] = new JsonObject
                {
                    ["code"] = fault.Status,
                    ["message"] = fault.Message,
                    ["errors"] = new JsonArray(new JsonObject { ["reason"] = fault.Reason, ["message"] = fault.Message, ["domain"] = "global" }),
                },
            });
        }
    }

    private JsonObject Query(string project, JsonObject body)
    {
        string job = $"job_{_jobs.Count + 1}";
        _jobs[job] = Run(body);
        return _jobs[job].Page(project, job, first: 0, (int?)body["maxResults"]);
    }

    /// <summary>A job is named by the client, so that inserting it twice does not run it twice.</summary>
    private JsonObject InsertJob(string project, JsonObject body)
    {
        JsonObject configuration = body["configuration"]!.AsObject();
        if ((bool?)configuration["dryRun"] == true)
        {
            Run(configuration["query"]!.AsObject());
            return new JsonObject { ["kind"] = "bigquery#job", ["configuration"] = new JsonObject { ["query"] = new JsonObject() }, ["status"] = new JsonObject { ["state"] = "DONE" } };
        }

        string job = (string)body["jobReference"]!["jobId"]!;
        if (_jobs.ContainsKey(job) || !_jobs.TryAdd(job, Run(configuration["query"]!.AsObject())))
        {
            throw new BigQueryFault(409, "duplicate", $"Already Exists: Job {project}:{job}");
        }

        _jobConfigurations.Enqueue(configuration);
        return Job(project, job);
    }

    private async Task<JsonObject> PageAsync(string project, string job, string? pageToken, int? maxResults, CancellationToken cancellationToken)
    {
        if (QueriesHang)
        {
            await _never.Task.WaitAsync(cancellationToken);
        }

        Fates.Withhold(job);
        return _jobs[job].Page(project, job, int.Parse(pageToken ?? "0", CultureInfo.InvariantCulture), maxResults);
    }

    private QueryAnswer Run(JsonObject query)
    {
        string sql = (string)query["query"]!;
        return _standIns.FirstOrDefault(standIn => sql.Contains(standIn.Key, StringComparison.Ordinal)).Value
            ?? engine.Query(sql, (string?)query["defaultDataset"]?["datasetId"], query["queryParameters"]?.AsArray() ?? []);
    }

    private JsonObject FindJob(string project, string job) => _jobs.ContainsKey(job) && !Fates.Hides(job)
        ? Job(project, job)
        : throw new BigQueryFault(404, "notFound", $"Not found: Job {project}:{job}");

    private JsonObject Job(string project, string job) => new()
    {
        ["kind"] = "bigquery#job",
        ["jobReference"] = new JsonObject { ["projectId"] = project, ["jobId"] = job, ["location"] = "EU" },
        ["configuration"] = new JsonObject { ["query"] = new JsonObject() },
        ["statistics"] = new JsonObject { ["query"] = new JsonObject { ["exportDataStatistics"] = new JsonObject { ["fileCount"] = _jobs[job].ExportedFiles?.ToString(CultureInfo.InvariantCulture) } } },
        ["status"] = Fates.StatusOf(job),
    };

    private JsonObject Tables(string project, string dataset) => new()
    {
        ["kind"] = "bigquery#tableList",
        ["tables"] = new JsonArray([.. engine.Tables(dataset).Select(table => new JsonObject
        {
            ["kind"] = "bigquery#table",
            ["tableReference"] = new JsonObject { ["projectId"] = project, ["datasetId"] = dataset, ["tableId"] = table },
        })]),
    };

    private JsonObject Permissions(string dataset, string table, JsonObject body)
    {
        engine.Check(dataset, table, []); // whether there is such a table
        return new JsonObject { ["permissions"] = new JsonArray([.. body["permissions"]!.AsArray().Select(asked => (string)asked!).Where(asked => !Denied.ContainsKey(asked)).Select(granted => JsonValue.Create(granted))]) };
    }

    private JsonObject Insert(string dataset, string table, JsonObject body)
    {
        JsonObject[] rows = [.. body["rows"]!.AsArray().Select(row => row!["json"]!.AsObject())];
        if (_rowFaults.TryDequeue(out string? reason))
        {
            return InsertErrors.All(rows.Length, new InsertError(0, reason, "", "A planned fault."));
        }

        InsertError[] errors = engine.Check(dataset, table, rows);
        if (errors.Length > 0)
        {
            return InsertErrors.All(rows.Length, errors);
        }

        engine.Insert(dataset, table, rows);
        return new JsonObject { ["kind"] = "bigquery#tableDataInsertAllResponse" };
    }
}
