using Aisle.Host.Output;
using Aisle.Host.Serving;
using Aisle.Host.State;
using Aisle.Http;

namespace Aisle.Host.Cli.Serving;

/// <summary>What a started host says: where it is, and lines to paste.</summary>
internal static class Welcome
{
    /// <summary>Prints it.</summary>
    public static void Print(Screen screen, LocalShop shop, string url)
    {
        KeyFile keys = shop.Services.GetRequiredService<KeyFile>();
        screen.Line($"Aisle serves {shop.Workspace.Folder} at {url}");
        screen.Line("");
        screen.Line("A slate for a shopper:");
        screen.Line($"  curl -H 'X-Api-Key: {keys.KeyOf(ApiRole.Storefront)}' '{url}/v1/recommendations?user_id=shopper-00001&limit=10'");
        screen.Line("An event:");
        screen.Line($"  curl -H 'X-Api-Key: {keys.KeyOf(ApiRole.Collector)}' -H 'Content-Type: application/json' '{url}/v1/events' -d '{Event(shop)}'");
        screen.Line("The experiment's report, for people (also ?format=json or csv):");
        screen.Line($"  curl -H 'X-Api-Key: {keys.KeyOf(ApiRole.Analyst)}' '{url}/v1/experiments/home-variety/report?format=html'");
        screen.Line("A retrain, and how it goes:");
        screen.Line($"  curl -X POST -H 'X-Api-Key: {keys.KeyOf(ApiRole.Operator)}' '{url}/v1/retrain'");
        screen.Line($"  curl -H 'X-Api-Key: {keys.KeyOf(ApiRole.Operator)}' '{url}/v1/runs'");
        screen.Line("");
        screen.Line("Ctrl+C stops.");
    }

    private static string Event(LocalShop shop)
    {
        string now = shop.Services.GetRequiredService<TimeProvider>().GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        return $$"""{"event_id":"hello-1","user_id":"shopper-00001","event_type":"view","product_id":"P00042","event_timestamp":"{{now}}"}""";
    }
}
