using System.Text.Json;
using Aisle.Events;
using Aisle.Http;
using Aisle.Reranking;
using Aisle.ScoreUser.Requests;

namespace Aisle.Host.Exporting;

/// <summary>One batch of an export.</summary>
/// <param name="Surface">The shelf.</param>
/// <param name="Places">How many products each shopper gets at most.</param>
/// <param name="Users">The shop's own ids; null for the known shoppers, by pseudonym.</param>
/// <param name="After">The last pseudonym of the batch before; null for the first.</param>
internal sealed record ExportRequest(Surface Surface, int Places, IReadOnlyList<string>? Users, string? After)
{
    /// <summary>The most shoppers of a batch.</summary>
    public const int MaxUsers = 500;

    private static readonly Surface[] Personal = [Surface.Home, Surface.BecauseYouBought, Surface.Trending, Surface.New, Surface.RecentlyViewed];

    /// <summary>Reads a batch.</summary>
    /// <returns>The batch, or all that is wrong with it.</returns>
    public static (ExportRequest? Request, IReadOnlyList<FieldProblem> Problems) Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return (null, [new FieldProblem("body", "no object", "Send {\"surface\": \"home\", \"k\": 10}, with \"users\" or \"after\".")]);
        }

        List<FieldProblem> problems = [];
        Surface? surface = Surfaces.Find(Text(json, "surface", problems) ?? Surface.Home.WireName());
        if (surface is null || !Personal.Contains(surface.Value))
        {
            problems.Add(new FieldProblem(
                "surface", surface is null ? "unknown" : "a shelf that hangs on a product or a cart, which an e-mail has not",
                $"Use one of {string.Join(", ", Personal.Select(personal => personal.WireName()))}."));
        }

        int places = 10;
        if (json.TryGetProperty("k", out JsonElement k) && (k.ValueKind != JsonValueKind.Number || !k.TryGetInt32(out places) || places is < 1 or > SlateRequest.MaxLimit))
        {
            problems.Add(new FieldProblem("k", "out of range", $"Use a whole number from 1 to {SlateRequest.MaxLimit}."));
        }

        string? after = Text(json, "after", problems);
        if (after is not null && !Identity.IsValid(after))
        {
            problems.Add(new FieldProblem("after", "no pseudonym", "Send \"after\" as the answer before gave it, or leave it out to begin."));
        }

        IReadOnlyList<string>? users = Named(json, problems);
        return problems.Count == 0 ? (new ExportRequest(surface!.Value, places, users, after), []) : (null, problems);
    }

    private static List<string>? Named(JsonElement json, List<FieldProblem> problems)
    {
        if (!json.TryGetProperty("users", out JsonElement users) || users.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (users.ValueKind == JsonValueKind.Array && users.GetArrayLength() <= MaxUsers && users.EnumerateArray().All(user => user.ValueKind == JsonValueKind.String))
        {
            return [.. users.EnumerateArray().Select(user => user.GetString()!)];
        }

        problems.Add(new FieldProblem("users", "no list of texts, or too long", $"Send at most {MaxUsers} user ids as texts; send the "
            + "rest in further batches."));
        return null;
    }

    private static string? Text(JsonElement json, string field, List<FieldProblem> problems)
    {
        if (!json.TryGetProperty(field, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            problems.Add(new FieldProblem(field, "no text", $"Send \"{field}\" as a text, or leave it out."));
            return null;
        }

        return value.GetString();
    }
}
