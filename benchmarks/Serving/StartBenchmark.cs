using System.Globalization;

namespace Aisle.Benchmarks.Serving;

/// <summary><c>start</c>: from the start of the process to the first slate, on a folder that has its data.</summary>
internal static class StartBenchmark
{
    /// <summary>Runs and prints; an empty folder is filled first, and how long that took is printed too.</summary>
    public static async Task RunAsync(string folder, int runs, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(folder, "workspace.json")))
        {
            TimeSpan first = await StartOnceAsync(folder, cancellationToken);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first start, with making the demo shop: {first.TotalSeconds:0.0} s"));
        }

        List<double> seconds = [];
        for (int run = 0; run < runs; run++)
        {
            TimeSpan elapsed = await StartOnceAsync(folder, cancellationToken);
            seconds.Add(elapsed.TotalSeconds);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"start to first slate over {runs} runs: median {seconds.Order().ElementAt(runs / 2):0.00} s, least {seconds.Min():0.00} s, "
            + $"most {seconds.Max():0.00} s"));
    }

    private static async Task<TimeSpan> StartOnceAsync(string folder, CancellationToken cancellationToken)
    {
        await using Shop shop = await Shop.StartAsync(folder, cancellationToken);
        await shop.SlateAsync(shop.ShopperOf(1), cancellationToken);
        return shop.Age;
    }
}
