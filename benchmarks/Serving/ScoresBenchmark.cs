using System.Diagnostics;
using System.Globalization;
using Aisle.Candidates;
using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Lists;
using Aisle.Candidates.Shoppers;
using Aisle.Factorization;
using Aisle.Factorization.Folding;
using Aisle.Factorization.Scoring;
using Aisle.Local;
using Aisle.Local.Workspaces;
using Aisle.Numerics;
using Aisle.Ports;
using Aisle.Reranking;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.Benchmarks.Serving;

/// <summary><c>scores</c>: marginal relevance over 100 candidates, fold-in and scoring of 50,000 products, exact and by 8 bits; and, on a
/// folder's own model, how much lists change by rounding.</summary>
internal static class ScoresBenchmark
{
    private const int Width = 64;
    private const int Catalogue = 50_000;
    private const int Histories = 500;
    private const int Touched = 12;

    /// <summary>Runs and prints.</summary>
    public static async Task RunAsync(string folder, CancellationToken cancellationToken)
    {
        FactorMatrix rows = UnitRows(Catalogue, 1);
        QuantizedRows rounded = new(rows);
        Rerank(rows, rounded);
        Fold(rows, rounded);
        using Workspace workspace = Workspace.TryOpen(folder) ?? throw new IOException($"{folder} is held by another process.");
        await using ServiceProvider services = new ServiceCollection().AddLocalStores(workspace, new LocalOptions { WallClock = TimeProvider.System }).BuildServiceProvider();
        ServingManifest manifest = await services.GetRequiredService<ICandidateStore>().ReadManifestAsync(cancellationToken) ?? throw new IOException($"{folder} has no model.");
        long started = Stopwatch.GetTimestamp();
        ModelBundle bundle = ModelBundle.Load((await services.GetRequiredService<IModelStore>().OpenAsync(manifest.ModelVersion, cancellationToken))!);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bundle of {bundle.Products.Count:N0} products loaded in "
            + $"{Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms"));
        Compare(bundle);
    }

    private static void Rerank(FactorMatrix rows, QuantizedRows rounded)
    {
        int[] items = [.. Enumerable.Range(0, 100).Select(item => item * 499)];
        float[] relevance = [.. items.Select((_, rank) => 1f / (rank + 1))];
        int[] selected = new int[10];
        float[] scratch = new float[200];
        Measure("marginal relevance, 100 to 10, 64 dimensions, exact", 20_000, () => MaximalMarginalRelevance.Select(items, relevance, rows, 0.7, selected, scratch));
        Measure("the same by 8 bits", 20_000, () => MaximalMarginalRelevance.Select(items, relevance, rounded, 0.7, selected, scratch));
    }

    private static void Fold(FactorMatrix rows, QuantizedRows rounded)
    {
        FoldIn fold = new(rows, new IalsOptions { Factors = Width });
        ExactRows exact = new(rows);
        int[] items = [.. Enumerable.Range(0, Touched).Select(item => item * 4_001)];
        float[] weights = [.. items.Select(_ => 2f)];
        float[] user = new float[Width];
        float[] scores = new float[Catalogue];
        Measure("fold-in alone, 12 interactions", 2_000, () => fold.Solve(items, weights, user));
        Measure($"fold-in and scoring of {Catalogue:N0} products, exact", 300, () => { fold.Solve(items, weights, user); exact.Multiply(user, scores); });
        Measure("the same by 8 bits", 300, () => { fold.Solve(items, weights, user); rounded.Multiply(user, scores); });
    }

    private static void Compare(ModelBundle bundle)
    {
        HybridOptions options = new();
        HybridRecommender exact = new(bundle, options);
        HybridRecommender rounded = HybridRecommender.Quantized(bundle, options, new QuantizedRows(bundle.Content.Embeddings));
        SeededRandom random = new(11);
        int kept10 = 0, kept100 = 0, first = 0, all10 = 0, all100 = 0;
        double off = 0;
        ShopperHistory[] histories = [.. Enumerable.Range(0, Histories).Select(_ => HistoryOf(bundle, random))];
        foreach (ShopperHistory history in histories)
        {
            IReadOnlyList<ScoredItem> a = exact.Recommend(history, 100, bundle.AsOf, null).Items, b = rounded.Recommend(history, 100, bundle.AsOf, null).Items;
            Dictionary<int, float> found = b.ToDictionary(item => item.Item, item => item.Score);
            HashSet<int> top = [.. b.Take(10).Select(item => item.Item)];
            (kept10, all10) = (kept10 + a.Take(10).Count(item => top.Contains(item.Item)), all10 + Math.Min(10, a.Count));
            (kept100, all100) = (kept100 + a.Count(item => found.ContainsKey(item.Item)), all100 + a.Count);
            first += a[0].Item == b[0].Item ? 1 : 0;
            off = Math.Max(off, a.Where(item => found.ContainsKey(item.Item)).Max(item => Math.Abs(item.Score - found[item.Item])));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Histories} shoppers of {Touched} products, lists by 8 bits beside exact ones: {(double)kept10 / all10:P2} of the best 10 "
            + $"and {(double)kept100 / all100:P2} of the best 100 are the same, {(double)first / Histories:P1} of the first; a score is "
            + $"off by {off:0.0000} at most"));
        int next = 0;
        Measure($"whole recommendation over {bundle.Products.Count:N0} products, exact", 200, () => exact.Recommend(histories[next++ % Histories], 100, bundle.AsOf, null));
        Measure("the same by 8 bits", 200, () => rounded.Recommend(histories[next++ % Histories], 100, bundle.AsOf, null));
    }

    private static ShopperHistory HistoryOf(ModelBundle bundle, SeededRandom random) => new()
    {
        Touched = [.. Enumerable.Range(0, Touched).Select(_ => random.NextInt(bundle.Products.Count)).Distinct()
            .Select(item => new TouchedProduct(bundle.Items[item], 1 + (float)random.NextDouble(), Events.EventType.View, bundle.AsOf))],
    };

    private static void Measure(string name, int times, Action run)
    {
        for (int warm = 0; warm < Math.Max(50, times / 10); warm++)
        {
            run();
        }

        double least = double.PositiveInfinity;
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 5; round++)
        {
            long started = Stopwatch.GetTimestamp();
            for (int time = 0; time < times; time++)
            {
                run();
            }

            least = Math.Min(least, Stopwatch.GetElapsedTime(started).TotalMicroseconds / times);
        }

        bytes = (GC.GetAllocatedBytesForCurrentThread() - bytes) / (5 * times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-64} {least,10:0.0} µs   {bytes,8:N0} bytes   least of 5 rounds"));
    }

    private static FactorMatrix UnitRows(int count, ulong seed)
    {
        SeededRandom random = new(seed);
        float[] values = [.. Enumerable.Range(0, count * Width).Select(_ => (float)random.NextNormal() / 8)];
        return new FactorMatrix(count, Width, values);
    }
}
