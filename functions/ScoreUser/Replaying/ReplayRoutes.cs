using System.Text.Json;
using Aisle.Events;
using Aisle.Http;
using Aisle.ScoreUser.Answering;
using Aisle.Sql;
using Microsoft.AspNetCore.Http;

namespace Aisle.ScoreUser.Replaying;

/// <summary><c>GET /v1/slates/{id}/replay</c>: a logged slate made again, with its trace.</summary>
internal static class ReplayRoutes
{
    /// <summary>Adds the path.</summary>
    public static RouteTable MapReplay(this RouteTable routes, SlateReplayer replayer) =>
        routes.Map(HttpMethods.Get, "v1/slates/{id}/replay", ApiRole.Operator, async (context, values) =>
        {
            string name = values["id"] as string ?? "";
            ReplayOutcome outcome = Identity.IsValid(name) ? await replayer.ReplayAsync(new SlateId(name), context.RequestAborted) : new ReplayOutcome.Unknown();
            await (outcome switch
            {
                ReplayOutcome.Made made => JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json => Write(json, made.Replay)),
                ReplayOutcome.Impossible impossible => ProblemWriter.WriteAsync(context, Problem.Conflict(impossible.Problem)),
                _ => ProblemWriter.WriteAsync(context, Problem.NotFound("id", "the log has no such slate", "Send the slate_id of an "
                    + "answer to a known shopper; the log follows within a second.")),
            });
        });

    private static void Write(Utf8JsonWriter json, SlateReplay replay)
    {
        json.WriteStartObject();
        json.WriteString("slate_id", replay.Outcome.Slate.Id.Value);
        json.WriteString("served_at", replay.Outcome.Slate.ServedAt);
        json.WriteBoolean("exact", replay.IsExact);
        json.WriteStartArray("changed");
        foreach (string change in replay.Changes)
        {
            json.WriteStringValue(change);
        }

        json.WriteEndArray();
        json.WriteStartArray("logged");
        foreach (LoggedSlateRow row in replay.Logged)
        {
            json.WriteStartObject();
            json.WriteNumber("rank", row.Position ?? 0);
            json.WriteString("product_id", row.Product?.Value);
            json.WriteNumber("score", row.Score);
            json.WriteNumber("propensity", row.Propensity);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("slate");
        SlateJson.Write(json, replay.Outcome, rawUser: null);
        json.WriteEndObject();
    }
}
