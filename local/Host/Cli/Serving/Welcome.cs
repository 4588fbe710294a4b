using Aisle.Host.Output;
using Aisle.Host.Serving;
using Aisle.Host.State;
using Aisle.Http;
using Aisle.Local.Workspaces;

namespace Aisle.Host.Cli.Serving;

/// <summary>What a started host says: where it is, and lines to paste.</summary>
internal static class Welcome
{
    /// <summary>Prints it. The demo shop's keys stand in the lines, so that they can be pasted as they are; those of a shop of one's own are secrets, and only their file is named.</summary>
    public static void Print(Screen screen, LocalShop shop, string url)
    {
        screen.Line($"Aisle serves {shop.Workspace.Folder} at {url}");
        screen.Line("");
        if (shop.Workspace.Info.DemoEndsAt is null)
        {
            PrintOwn(screen, shop, url);
        }
        else
        {
            PrintDemo(screen, shop, url);
        }

        screen.Line("");
        screen.Line("Ctrl+C stops.");
    }

    private static void PrintDemo(Screen screen, LocalShop shop, string url)
    {
        KeyFile keys = shop.Services.GetRequiredService<KeyFile>();
        screen.Line("A slate for a shopper:");
        screen.Line($"  curl -H 'X-Api-Key: {keys.KeyOf(ApiRole.Storefront)}' '{url}/v1/recommendations?user_id=shopper-00001&limit=10'");
        screen.Line("An event:");
        screen.Line($"  curl -H 'X-Api-Key: {keys.KeyOf(ApiRole.Collector)}' -H 'Content-Type: application/json' '{url}/v1/events' -d '{Event(shop)}'");
        screen.Line("The experiment's report, for people (also ?format=json or csv):");
        screen.Line($"  curl -H 'X-Api-Key: {keys.KeyOf(ApiRole.Analyst)}' '{url}/v1/experiments/home-variety/report?format=html'");
        screen.Line("A retrain, and how it goes:");
        screen.Line($"  curl -X POST -H 'X-Api-Key: {keys.KeyOf(ApiRole.Operator)}' '{url}/v1/retrain'");
        screen.Line($"  curl -H 'X-Api-Key: {keys.KeyOf(ApiRole.Operator)}' '{url}/v1/runs'");
    }

    private static void PrintOwn(Screen screen, LocalShop shop, string url)
    {
        screen.Line($"Its API keys are in {Workspace.KeysFileOf(shop.Workspace.Folder)}, two for each role; whoever may read that file may use them.");
        screen.Line("A slate for a shopper, with a key of the role storefront:");
        screen.Line($"  curl -H \"X-Api-Key: $STOREFRONT_KEY\" '{url}/v1/recommendations?user_id=YOUR_SHOPPER&limit=10'");
        screen.Line($"What else there is: {url}/openapi.json");
    }

    private static string Event(LocalShop shop)
    {
        string now = shop.Services.GetRequiredService<TimeProvider>().GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        return $$"""{"event_id":"hello-1","user_id":"shopper-00001","event_type":"view","product_id":"P00042","event_timestamp":"{{now}}"}""";
    }
}
