using System.Text.Json;
using Aisle.Host.Cli;
using Aisle.Host.State;

namespace Aisle.Host.Limits;

/// <summary>How many requests a second one network address may send: the content of <c>limits.json</c> in the state folder. Twice as many
/// may come at once; 0 means no limit.</summary>
/// <remarks>Its members can be set because the generated reader overwrites init-only ones that a file leaves out.</remarks>
internal sealed record RequestLimits
{
    /// <summary>Requests to the collector, whose key stands in the shop's pages for all to read. Default 5000: far above a
    /// shop's own server, far below a flood.</summary>
    public int CollectorRequestsPerSecond { get; set; } = 5000;

    /// <summary>All other requests; their keys are the shop's own. Default 0, no limit.</summary>
    public int RequestsPerSecond { get; set; }

    /// <summary>Reads the folder's limits; the defaults when it has none.</summary>
    /// <exception cref="UsageException">The file is damaged or a limit is negative; the message names it.</exception>
    public static RequestLimits Load(string folder)
    {
        string path = Path.Combine(folder, "limits.json");
        if (!File.Exists(path))
        {
            return new RequestLimits();
        }

        try
        {
            return (JsonSerializer.Deserialize(File.ReadAllBytes(path), HostJson.Default.RequestLimits) ?? new RequestLimits()).Checked();
        }
        catch (JsonException broken)
        {
            throw new UsageException("limits.json", $"{path} holds no limits ({broken.Message})", "Correct it, or remove it for the default limits.");
        }
    }

    private RequestLimits Checked()
    {
        Check("collector_requests_per_second", CollectorRequestsPerSecond);
        Check("requests_per_second", RequestsPerSecond);
        return this;
    }

    private static void Check(string field, int limit)
    {
        if (limit is < 0 or > int.MaxValue / 2)
        {
            throw new UsageException(field, $"{limit} is no number of requests", "Use a number from 1 up, or 0 for no limit.");
        }
    }
}
