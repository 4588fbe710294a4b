using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Aisle.GoogleCloud.Tests.Servers.BigQuery;

/// <summary>The four requests that the client library makes for our adapters.</summary>
internal sealed class BigQueryEndpoints(DuckDbEngine engine)
{
    private const string Root = "/bigquery/v2/projects/{project}";

    private readonly ConcurrentDictionary<string, QueryAnswer> _jobs = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<BigQueryFault> _requestFaults = new();
    private readonly ConcurrentQueue<string> _rowFaults = new();
    private readonly ConcurrentQueue<string> _seen = new();

    /// <summary>The requests so far: method, path, encoding of the body.</summary>
    public IReadOnlyCollection<string> Seen => _seen;

    /// <summary>The next request of any kind fails as a whole.</summary>
    public void FailRequest(int status, string reason) => _requestFaults.Enqueue(new BigQueryFault(status, reason, "A planned fault."));

    /// <summary>The next insert answers 200, with this reason for its first row.</summary>
    public void FailRow(string reason) => _rowFaults.Enqueue(reason);

    public void Map(WebApplication application)
    {
        application.Use(GuardAsync);
        application.MapPost(Root + "/queries", (string project, JsonObject body) => Query(project, body));
        application.MapGet(Root + "/queries/{job}", (string project, string job, string? pageToken, int? maxResults) =>
            _jobs[job].Page(project, job, int.Parse(pageToken ?? "0", CultureInfo.InvariantCulture), maxResults));
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
        QueryAnswer answer = engine.Query(
            (string)body["query"]!, (string?)body["defaultDataset"]?["datasetId"], body["queryParameters"]?.AsArray() ?? []);
        _jobs[job] = answer;
        return answer.Page(project, job, first: 0, (int?)body["maxResults"]);
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
