using System.Text.Json;
using Aisle.Http;
using Aisle.Local.Import;

namespace Aisle.Host.Importing;

/// <summary><c>POST /v1/imports</c>, of the one-machine host alone: how <c>import</c> works beside a running host. The file lies on the host's machine.</summary>
internal sealed class ImportEndpoint : IEndpoint
{
    private readonly DatasetImport _import;

    /// <summary>Lays out the path.</summary>
    public ImportEndpoint(DatasetImport import, ApiKeys keys, TimeProvider clock)
    {
        _import = import;
        Routes = new RouteTable(keys, clock).Map(HttpMethods.Post, "v1/imports", ApiRole.Operator, (context, _) => RunAsync(context, context.RequestAborted));
    }

    /// <inheritdoc/>
    public RouteTable Routes { get; }

    private async Task RunAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using JsonDocument body = await Bodies.ReadJsonAsync(context, 64 * 1024);
        string? format = Text(body.RootElement, "format");
        string? path = Text(body.RootElement, "path");
        if (format is null || DatasetImporters.Find(format) is not { } importer)
        {
            await RefuseAsync(context, "format", "unknown", $"Send one of {string.Join(", ", DatasetImporters.All.Select(one => one.Name))}.");
            return;
        }

        try
        {
            ImportSummary summary = await _import.RunAsync(importer, path ?? "", _ => { }, cancellationToken);
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(ImportReport.ToJson(summary), cancellationToken);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException or DatasetFormatException)
        {
            await RefuseAsync(context, "path", unreadable.Message, "Name a readable file of the format on the host's machine.");
        }
    }

    private static string? Text(JsonElement json, string field) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Task RefuseAsync(HttpContext context, string field, string problem, string remedy) =>
        ProblemWriter.WriteAsync(context, Problem.Invalid(new FieldProblem(field, problem, remedy)));
}
