using System.Text.Json;
using Aisle.Events;
using Aisle.Http;
using Aisle.Privacy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aisle.IngestEvent.Features;

/// <summary><c>GET /v1/users/{id}/features</c>: the shop's own id comes in, and the shopper's features go out under their names.</summary>
internal sealed class FeatureRoute(FeatureReader features, Pseudonymizer pseudonymizer)
{
    public async Task GetAsync(HttpContext context, RouteValueDictionary values)
    {
        if (values["id"] is not string id || !Identity.IsValid(id))
        {
            await ProblemWriter.WriteAsync(context, Problem.Invalid(new FieldProblem("id", "no identity", $"Name the user by 1 to "
                + $"{Identity.MaxLength} characters.")));
            return;
        }

        UserId user = pseudonymizer.UserOf(id);
        await (await features.ReadAsync(user, context.RequestAborted) is { } found
            ? Json.WriteAsync(context, StatusCodes.Status200OK, json => Write(json, user, found))
            : ProblemWriter.WriteAsync(context, Problem.NotFound("id", "no event of this shopper is known, or the last is older than 90 days", "Send an event of the shopper first.")));
    }

    private static void Write(Utf8JsonWriter json, UserId user, ShopperFeatures features)
    {
        json.WriteString("user_id", user.Value);
        WriteList(json, "user_embedding_64d", features.UserEmbedding, json.WriteNumberValue);
        WriteList(json, "recent_categories", features.RecentCategories, json.WriteStringValue);
        if (features.AveragePrice is { } price)
        {
            json.WriteNumber("avg_price_range", price);
        }
        else
        {
            json.WriteNull("avg_price_range");
        }

        json.WriteString("currency", features.Currency);
        json.WriteNumber("purchase_count_30d", features.PurchaseCount30Days);
        json.WriteBoolean("cold_start_flag", features.IsCold);
        WriteList(json, "session_click_ids", features.SessionClicks.Select(product => product.Value), json.WriteStringValue);
        json.WriteString("newest_event_at", features.NewestEventAt);
        json.WriteString("expires_at", features.ExpiresAt);
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            write(item);
        }

        json.WriteEndArray();
    }
}
