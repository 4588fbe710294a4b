using System.Text.Json;
using Aisle.Host.Cli;
using Aisle.Host.State;
using Aisle.Http;
using Aisle.Local.Import.Outcome;
using Aisle.Local.Workspaces;

namespace Aisle.Host.Importing;

/// <summary><c>POST /v1/imports</c>, of the one-machine host alone: how <c>import</c> works beside a running host. The
/// file lies on the host's machine.</summary>
/// <remarks>Who accepts <c>application/x-ndjson</c> is told of progress: a line each, and in the last one the
/// summary or what went wrong.</remarks>
internal sealed class ImportEndpoint : IEndpoint, IDisposable
{
    private const string Lines = "application/x-ndjson";

    private readonly SemaphoreSlim _one = new(1);
    private readonly DatasetImport _import;
    private readonly Workspace _workspace;

    /// <summary>Lays out the path.</summary>
    public ImportEndpoint(DatasetImport import, Workspace workspace, ApiKeys keys, TimeProvider clock)
    {
        _import = import;
        _workspace = workspace;
        Routes = new RouteTable(keys, clock).Map(HttpMethods.Post, "v1/imports", ApiRole.Operator, (context, _) => RunAsync(context, context.RequestAborted));
    }

    /// <inheritdoc/>
    public RouteTable Routes { get; }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    // One at a time: two would ask the catalogue and the clock of the shop to be two things at once.
    private async Task RunAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (!await _one.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            await ProblemWriter.WriteAsync(context, Problem.Conflict("An import is under way; send this one again when it has ended."));
            return;
        }

        try
        {
            await ImportAsync(context, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task ImportAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using JsonDocument body = await Bodies.ReadJsonAsync(context, 64 * 1024);
        try
        {
            ImportArguments stated = body.RootElement.Deserialize(HostJson.Default.ImportArguments) ?? new ImportArguments();
            using ImportRequest request = ImportRequest.Of(stated, _workspace, TimeProvider.System.GetUtcNow());
            await (context.Request.Headers.Accept.ToString().Contains(Lines, StringComparison.Ordinal)
                ? FollowAsync(context, request, cancellationToken)
                : AnswerAsync(context, request, cancellationToken));
        }
        catch (JsonException wrong)
        {
            await RefuseAsync(context, wrong.Path?.TrimStart('$', '.') ?? "body", "of the wrong type", "docs/importing.md lists the fields.");
        }
        catch (UsageException wrong)
        {
            await RefuseAsync(context, wrong.Option, wrong.Sentences, "Correct it and send the request again.");
        }
    }

    private async Task AnswerAsync(HttpContext context, ImportRequest request, CancellationToken cancellationToken)
    {
        ImportSummary summary = await _import.RunAsync(request, _ => { }, cancellationToken);
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(ImportReport.ToJson(summary), cancellationToken);
    }

    private async Task FollowAsync(HttpContext context, ImportRequest request, CancellationToken cancellationToken)
    {
        context.Response.ContentType = Lines;
        await using ProgressLines lines = new(context.Response.Body);
        try
        {
            ImportSummary summary = await _import.RunAsync(request, lines.Tell, cancellationToken);
            await lines.EndAsync("summary", ImportReport.ToJson(summary), cancellationToken);
        }
        catch (UsageException wrong)
        {
            byte[] fault = JsonSerializer.SerializeToUtf8Bytes(new ImportFault(wrong.Option, wrong.Sentences), HostJson.Default.ImportFault);
            await lines.EndAsync("fault", fault, cancellationToken);
        }
    }

    private static Task RefuseAsync(HttpContext context, string field, string problem, string remedy) =>
        ProblemWriter.WriteAsync(context, Problem.Invalid(new FieldProblem(field, problem, remedy)));
}
