using System.Diagnostics;
using System.Globalization;
using Aisle.Benchmarks.Files;
using Aisle.Candidates.Sessions;

namespace Aisle.Benchmarks.Tables;

/// <summary>Session neighbours on the Yoochoose sample: parity with a published implementation's stored output, and
/// the accuracy of the next click.</summary>
/// <param name="folder">The data.</param>
/// <param name="report">Where rows go.</param>
internal sealed class YoochooseTable(string folder, TableReport report)
{
    private const int Cut = 20;
    private const double ParityTolerance = 1e-9;

    private readonly Yoochoose _data = Yoochoose.Read(folder);

    /// <summary>Judges every row.</summary>
    public void Print()
    {
        report.Begin("Yoochoose 100k sample: every next click of the following day", ["HR@20", "MRR@20", "cov@20", "p99 ms"]);
        Parity();
        Judge("V-SKNN, k 500, n 5000, quadratic / inverse, idf 5", [.688, .367, .94], new SessionKnnOptions());
        Judge("V-SKNN, k 1000, n 5000, logarithmic / quadratic, idf 2", [.688, .374, .95], new SessionKnnOptions
        {
            Neighbours = 1000,
            SimilarityDecay = PositionDecay.Logarithmic,
            VoteDecay = PositionDecay.Quadratic,
            RarityWeight = 2,
        });
        Judge("  the same, without what the session has", null, new SessionKnnOptions
        {
            Neighbours = 1000,
            SimilarityDecay = PositionDecay.Logarithmic,
            VoteDecay = PositionDecay.Quadratic,
            RarityWeight = 2,
            Repeats = false,
        });
    }

    /// <summary>Compares scores with the stored output wherever no more than k sessions share an item, so that the
    /// cut at k does not hang on ties.</summary>
    private void Parity()
    {
        SessionKnn model = Fit(new SessionKnnOptions());
        int compared = 0, equal = 0, all = 0;
        foreach (string line in Lines.Of(Path.Combine(folder, "reference_vsknn.csv.gz")).Skip(1))
        {
            string[] fields = line.Split(';');
            int[] clicks = _data.Test[long.Parse(fields[0], CultureInfo.InvariantCulture)][..(int.Parse(fields[1], CultureInfo.InvariantCulture) + 1)];
            all++;
            if (model.CandidateSessions(clicks) <= 500)
            {
                compared++;
                equal += Equal(model, clicks, fields[2], fields[3]) ? 1 : 0;
            }
        }

        report.Note(string.Create(CultureInfo.InvariantCulture, $"parity with the reference: {equal} of {compared} contexts with at most "
            + $"500 neighbours equal within 1e-9 ({all} contexts stored)"));
    }

    private bool Equal(SessionKnn model, int[] clicks, string ids, string values)
    {
        double[] scores = new double[_data.Items.Count];
        model.Score(clicks, scores);
        double most = scores.Max();
        double[] expected = [.. values.Split(',').Select(value => double.Parse(value, CultureInfo.InvariantCulture))];
        long[] items = [.. ids.Split(',').Select(id => long.Parse(id, CultureInfo.InvariantCulture))];
        return items.Zip(expected).All(pair => _data.Items.TryGetIndex(pair.First, out int index) && Math.Abs((scores[index] / most) - pair.Second) <= ParityTolerance);
    }

    private void Judge(string name, double[]? published, SessionKnnOptions options) => report.Row(name, published, () =>
    {
        SessionKnn model = Fit(options);
        double hits = 0, reciprocal = 0;
        int count = 0;
        HashSet<int> shown = [];
        List<double> milliseconds = [];
        double[] scores = new double[_data.Items.Count];
        foreach (int[] clicks in _data.Test.OrderBy(session => session.Key).Select(session => session.Value))
        {
            for (int next = 1; next < clicks.Length; next++)
            {
                long start = Stopwatch.GetTimestamp();
                model.Score(clicks.AsSpan(0, next), scores);
                int[] slate = Best(scores);
                milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                int rank = Array.IndexOf(slate, clicks[next]) + 1;
                shown.UnionWith(slate);
                hits += rank > 0 ? 1 : 0;
                reciprocal += rank > 0 ? 1.0 / rank : 0;
                count++;
            }
        }

        milliseconds.Sort();
        return [hits / count, reciprocal / count, (double)shown.Count / _data.Items.Count, milliseconds[(int)(0.99 * milliseconds.Count)]];
    });

    private static int[] Best(double[] scores) =>
        [.. Enumerable.Range(0, scores.Length).Where(item => scores[item] > 0).OrderByDescending(item => scores[item]).ThenBy(item => item).Take(Cut)];

    private SessionKnn Fit(SessionKnnOptions options) => SessionKnn.Fit(_data.Train, _data.Items.Count, options);
}
