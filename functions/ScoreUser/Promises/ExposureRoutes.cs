using System.Globalization;
using System.Text.Json;
using Aisle.Http;
using Microsoft.AspNetCore.Http;

namespace Aisle.ScoreUser.Promises;

/// <summary><c>GET /v1/exposure</c>: the ledger of new products over HTTP.</summary>
internal static class ExposureRoutes
{
    private const int MostDays = 90;
    private const int UsualDays = 14;

    /// <summary>Adds the path.</summary>
    public static RouteTable MapExposure(this RouteTable routes, ExposureLedger ledger) =>
        routes.Map(HttpMethods.Get, "v1/exposure", ApiRole.Operator, (context, _) => AnswerAsync(context, ledger));

    private static async Task AnswerAsync(HttpContext context, ExposureLedger ledger)
    {
        string text = context.Request.Query["days"].ToString();
        int days = UsualDays;
        if (text.Length > 0 && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out days) && days is >= 1 and <= MostDays))
        {
            await ProblemWriter.WriteAsync(context, Problem.Invalid(
                new FieldProblem("days", $"no whole number from 1 to {MostDays}", $"Send how many days back products may have been new, 1 to {MostDays}.")));
            return;
        }

        IReadOnlyList<ExposureEntry> entries = await ledger.ReadAsync(days, context.RequestAborted);
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json => Write(json, ledger.Promised, entries));
    }

    private static void Write(Utf8JsonWriter json, int promised, IReadOnlyList<ExposureEntry> entries)
    {
        json.WriteStartObject();
        json.WriteNumber("promised", promised);
        foreach (PromiseStatus status in Enum.GetValues<PromiseStatus>())
        {
            json.WriteNumber(NameOf(status), entries.Count(entry => entry.Status == status));
        }

        json.WriteStartArray("products");
        foreach (ExposureEntry entry in entries)
        {
            json.WriteStartObject();
            json.WriteString("product_id", entry.Product.Id.Value);
            json.WriteString("title", entry.Product.Title);
            json.WriteString("from", entry.From);
            json.WriteString("until", entry.Until);
            json.WriteNumber("slates", entry.Slates);
            json.WriteNumber("impressions", entry.Impressions);
            json.WriteString("status", NameOf(entry.Status));
            json.WriteString("why", entry.Why);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string NameOf(PromiseStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());
}
