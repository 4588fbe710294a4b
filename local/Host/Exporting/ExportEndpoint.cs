using System.Text.Json;
using Aisle.Events;
using Aisle.Http;
using Aisle.Ports;
using Aisle.Privacy;
using Aisle.ScoreUser;
using Aisle.ScoreUser.Answering;
using Aisle.ScoreUser.Requests;

namespace Aisle.Host.Exporting;

/// <summary><c>POST /v1/exports/recommendations</c>, of the one-machine host alone: the slates of a batch of shoppers, made by the same filters and rules as online, and written into no log, for nobody has seen them yet.</summary>
internal sealed class ExportEndpoint : IEndpoint
{
    private const int MaxUsers = 500;
    private const int MaxBody = 1024 * 1024;

    private readonly UserScorer _scorer;
    private readonly IProfileStore _profiles;
    private readonly Pseudonymizer _pseudonymizer;
    private readonly KnownShoppers _shoppers;

    /// <summary>Lays out the path.</summary>
    public ExportEndpoint(UserScorer scorer, IProfileStore profiles, Pseudonymizer pseudonymizer, KnownShoppers shoppers, ApiKeys keys, TimeProvider clock)
    {
        (_scorer, _profiles, _pseudonymizer, _shoppers) = (scorer, profiles, pseudonymizer, shoppers);
        Routes = new RouteTable(keys, clock).Map(HttpMethods.Post, "v1/exports/recommendations", ApiRole.Operator, (context, _) => RunAsync(context, context.RequestAborted));
    }

    /// <inheritdoc/>
    public RouteTable Routes { get; }

    private async Task RunAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using JsonDocument body = await Bodies.ReadJsonAsync(context, MaxBody);
        JsonElement json = body.RootElement;
        Surface? surface = Surfaces.Find(Text(json, "surface") ?? "home");
        int k = json.TryGetProperty("k", out JsonElement given) && given.TryGetInt32(out int places) ? places : 10;
        if (surface is not { } shelf || k is < 1 or > SlateRequest.MaxLimit)
        {
            await ProblemWriter.WriteAsync(context, surface is null
                ? Problem.Invalid(new FieldProblem("surface", "unknown", $"Use one of {string.Join(", ", Surfaces.Names)}."))
                : Problem.Invalid(new FieldProblem("k", "out of range", $"Use a whole number from 1 to {SlateRequest.MaxLimit}.")));
            return;
        }

        (string Name, UserId User)[] users = await UsersAsync(json, cancellationToken);
        List<ExportedSlate> slates = [];
        foreach ((string name, UserId user) in users)
        {
            slates.Add(await SlateAsync(name, user, shelf, k, cancellationToken));
        }

        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, writer => ExportJson.Write(writer, slates));
    }

    // The caller names its shoppers by the shop's own ids; without names, those that the shop knows follow each other by pseudonym.
    private async Task<(string Name, UserId User)[]> UsersAsync(JsonElement json, CancellationToken cancellationToken)
    {
        if (json.TryGetProperty("users", out JsonElement users) && users.ValueKind == JsonValueKind.Array)
        {
            return [.. users.EnumerateArray().Select(user => user.GetString() ?? "").Where(Identity.IsValid).Take(MaxUsers).Select(name => (name, _pseudonymizer.UserOf(name)))];
        }

        return [.. (await _shoppers.AfterAsync(Text(json, "after"), MaxUsers, cancellationToken)).Select(user => (user.Value, user))];
    }

    private async Task<ExportedSlate> SlateAsync(string name, UserId user, Surface surface, int k, CancellationToken cancellationToken)
    {
        ShopperProfile? profile = (await _profiles.ReadAsync(user, cancellationToken))?.Value;
        if (profile is null || profile.Consent == false)
        {
            return new ExportedSlate(name, null, profile is null ? "nothing is known of the shopper" : "the shopper refused personalisation");
        }

        ScoreOutcome outcome = await _scorer.ScoreAsync(new SlateRequest { User = user, Surface = surface, Limit = k, IsShown = false }, cancellationToken);
        return outcome.Slate.Items.Count > 0
            ? new ExportedSlate(name, outcome, null)
            : new ExportedSlate(name, null, outcome.Slate.ModelVersion is null ? "no model serves" : "nothing is eligible for the shopper");
    }

    private static string? Text(JsonElement json, string field) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
