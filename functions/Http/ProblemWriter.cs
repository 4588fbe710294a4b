using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Aisle.Http;

/// <summary>Writes problem documents as <c>application/problem+json</c>.</summary>
public static class ProblemWriter
{
    /// <summary>Answers the request with the problem.</summary>
    /// <exception cref="InvalidOperationException">The response has begun already.</exception>
    public static async Task WriteAsync(HttpContext context, Problem problem)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(problem);
        ArrayBufferWriter<byte> body = new(512);
        Write(body, problem);
        context.Response.StatusCode = problem.Status;
        context.Response.ContentType = "application/problem+json";
        context.Response.ContentLength = body.WrittenCount;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    private static void Write(IBufferWriter<byte> body, Problem problem)
    {
        using Utf8JsonWriter json = new(body);
        json.WriteStartObject();
        json.WriteString("type", $"urn:aisle:problem:{problem.Type}");
        json.WriteString("title", problem.Title);
        json.WriteNumber("status", problem.Status);
        if (problem.Detail is not null)
        {
            json.WriteString("detail", problem.Detail);
        }

        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            json.WriteString("trace_id", activity.TraceId.ToHexString());
        }

        if (problem.Problems.Count > 0)
        {
            json.WriteStartArray("problems");
            foreach (FieldProblem field in problem.Problems)
            {
                json.WriteStartObject();
                json.WriteString("field", field.Field);
                json.WriteString("problem", field.Problem);
                json.WriteString("remedy", field.Remedy);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
