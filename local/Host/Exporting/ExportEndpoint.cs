using System.Text.Json;
using Aisle.Events;
using Aisle.Http;
using Aisle.Privacy;

namespace Aisle.Host.Exporting;

/// <summary><c>POST /v1/exports/recommendations</c>, of the one-machine host alone: the slates of a batch of shoppers, made by the same
/// filters and rules as online, and written into no log, for nobody has seen them yet.</summary>
internal sealed class ExportEndpoint : IEndpoint
{
    private const int MaxBody = 1024 * 1024;

    private readonly SlateExporter _slates;
    private readonly Pseudonymizer _pseudonymizer;
    private readonly KnownShoppers _shoppers;

    /// <summary>Lays out the path.</summary>
    public ExportEndpoint(SlateExporter slates, Pseudonymizer pseudonymizer, KnownShoppers shoppers, ApiKeys keys, TimeProvider clock)
    {
        (_slates, _pseudonymizer, _shoppers) = (slates, pseudonymizer, shoppers);
        Routes = new RouteTable(keys, clock).Map(HttpMethods.Post, "v1/exports/recommendations", ApiRole.Operator, (context, _) => RunAsync(context, context.RequestAborted));
    }

    /// <inheritdoc/>
    public RouteTable Routes { get; }

    private async Task RunAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using JsonDocument body = await Bodies.ReadJsonAsync(context, MaxBody);
        (ExportRequest? request, IReadOnlyList<FieldProblem> problems) = ExportRequest.Read(body.RootElement);
        if (request is null)
        {
            await ProblemWriter.WriteAsync(context, Problem.Invalid(problems));
            return;
        }

        List<ExportedSlate> slates = [];
        if (request.Users is { } named)
        {
            foreach (string name in named)
            {
                slates.Add(Identity.IsValid(name)
                    ? await _slates.MakeAsync(name, _pseudonymizer.UserOf(name), request, cancellationToken)
                    : new ExportedSlate(name, null, $"no user id: it has more than {Identity.MaxLength} characters, none, or control characters"));
            }
        }
        else
        {
            foreach (UserId user in await _shoppers.AfterAsync(request.After, ExportRequest.MaxUsers, cancellationToken))
            {
                slates.Add(await _slates.MakeAsync(user.Value, user, request, cancellationToken));
            }
        }

        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, writer => ExportJson.Write(writer, slates));
    }
}
