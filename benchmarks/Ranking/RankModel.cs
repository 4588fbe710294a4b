using System.Diagnostics;
using System.Globalization;
using Aisle.Benchmarks.Files;
using Aisle.Evaluation.Holdouts;
using Aisle.Feedback;

namespace Aisle.Benchmarks.Ranking;

/// <summary>The models that <c>rank</c> compares, each made from training data alone. Settings are searched on an inner half of the
/// training file; the test is never looked at.</summary>
/// <param name="data">Whose training half they learn from.</param>
/// <param name="tuning">The time budget of each search, or null to train with defaults.</param>
internal sealed class RankModel(Dataset data, TimeSpan? tuning)
{
    private const double ValidationShare = 0.1;
    private const int ValidationCut = 10;
    private const int MostForTuning = 2000;

    /// <summary>How long the blend's weights are searched at most: they are learnt in any case, for a weak model
    /// must not count like a strong one.</summary>
    private static readonly TimeSpan WeightBudget = TimeSpan.FromSeconds(20);

    private static readonly IRankFamily[] Families =
        [new PopularFamily(), ItemFamily.Neighbours(), new SessionFamily(), ItemFamily.Walks(), ItemFamily.Ease(), new FactorFamily()];

    private readonly Lazy<(RankData Data, Holdout Holdout)> _inner = new(() => Inner(data));
    private readonly Dictionary<string, double[]> _settings = [];
    private readonly Dictionary<string, RankedLists> _lists = [];

    /// <summary>The name of the weighted sum of all models.</summary>
    public const string BlendName = "blend";

    /// <summary>The names that can be asked for, in the order in which they are printed.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Families.Select(family => family.Name), BlendName];

    /// <summary>Trains a model on the whole training file, after a search when one is wanted.</summary>
    /// <returns>The model, and the settings that it used.</returns>
    /// <exception cref="ArgumentException">The data do not allow this model; the message says why.</exception>
    public (UserScorer Scorer, string Settings) Make(string name)
    {
        if (name == BlendName)
        {
            return Blended();
        }

        IRankFamily family = Families.FirstOrDefault(known => known.Name == name)
            ?? throw new ArgumentException($"There is no model '{name}'; choose among {string.Join(", ", Names)} or all.");
        long start = Stopwatch.GetTimestamp();
        double[] settings = SettingsOf(family);
        string searched = tuning is null ? "" : FormattableString.Invariant($" (searched {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s)");
        start = Stopwatch.GetTimestamp();
        UserScorer scorer = family.Train(Whole, settings);
        TrainingSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (scorer, Text(family, settings) + searched);
    }

    /// <summary>Keeps a model's lists, so that the blend need not make them again.</summary>
    public void Keep(string name, RankedLists lists) => _lists[name] = lists;

    /// <summary>How long the last model trained, without the search.</summary>
    public double TrainingSeconds { get; private set; }

    private RankData Whole => new(data.Train, data.Timed);

    /// <summary>An inner split for searches: each user's last tenth where the file has times, else one item of
    /// each user by chance.</summary>
    private static (RankData Data, Holdout Holdout) Inner(Dataset data)
    {
        Holdout holdout = data.Timed is { } timed
            ? TemporalHoldout.LeaveLastShare(timed, data.Users.Count, data.Items.Count, ValidationShare)
            : RandomHoldout.LeaveOne(data.Train, seed: 1);
        TimedInteraction[]? kept = data.Timed is null ? null : [.. data.Timed.Where(act => holdout.Train.ItemsOf(act.User).BinarySearch(act.Item) >= 0)];
        return (new RankData(data.Timed is null ? holdout.Train : Dataset.Damped(holdout.Train), kept), holdout.Sampled(MostForTuning, seed: 1));
    }

    private double[] SettingsOf(IRankFamily family)
    {
        if (_settings.TryGetValue(family.Name, out double[]? known))
        {
            return known;
        }

        IReadOnlyList<Axis> axes = family.AxesFor(Whole);
        double[] settings = tuning is not { } budget || axes.Count == 0 || _inner.Value.Holdout.JudgedUsers.Count == 0
            ? [.. axes.Select(axis => axis.Default)]
            : new CoordinateSearch(budget, TimeProvider.System).Best(axes, values => Judge(family, values));
        return _settings[family.Name] = settings;
    }

    private double Judge(IRankFamily family, double[] settings)
    {
        try
        {
            return Ndcg(InnerLists(family.Train(_inner.Value.Data, settings), ValidationCut));
        }
        catch (ArithmeticException)
        {
            return double.NegativeInfinity;
        }
    }

    private RankedLists InnerLists(UserScorer scorer, int length) =>
        new(scorer, _inner.Value.Holdout.Train, _inner.Value.Holdout.JudgedUsers, length, Environment.ProcessorCount);

    private double Ndcg(RankedLists lists)
    {
        double sum = 0;
        foreach (int user in _inner.Value.Holdout.JudgedUsers)
        {
            int[] slate = new int[ValidationCut];
            int count = lists.Rank(user, slate);
            sum += Evaluation.Metrics.Ndcg.AtK<int>(slate.AsSpan(0, count), new HashSet<int>(_inner.Value.Holdout.Held.ItemsOf(user).ToArray()), ValidationCut) ?? 0;
        }

        return sum / Math.Max(1, _inner.Value.Holdout.JudgedUsers.Count);
    }

    private (UserScorer Scorer, string Settings) Blended()
    {
        IRankFamily[] families = [.. Families.Where(family => family is not PopularFamily)];
        double[] weights = [.. families.Select(_ => 1.0)];
        if (_inner.Value.Holdout.JudgedUsers.Count > 0)
        {
            RankedLists[] inner = [.. families.Select(family => InnerLists(family.Train(_inner.Value.Data, SettingsOf(family)), Blend.Depth))];
            Axis[] axes = [.. families.Select(family => new Axis(family.Name, Blend.Weights, 1))];
            weights = new CoordinateSearch(tuning ?? WeightBudget, TimeProvider.System).Best(axes, values => Ndcg(InnerLists(Blend.Of(inner, values), ValidationCut)));
        }

        RankedLists[] whole = [.. families.Select(family => _lists.TryGetValue(family.Name, out RankedLists? lists)
            ? lists
            : new RankedLists(family.Train(Whole, SettingsOf(family)), data.Train, data.Holdout().JudgedUsers, Blend.Depth, Environment.ProcessorCount))];
        return (Blend.Of(whole, weights), string.Join(", ", families.Zip(weights, (family, weight) => FormattableString.Invariant($"{family.Name} {weight}"))));
    }

    private string Text(IRankFamily family, double[] settings) =>
        string.Join(", ", family.AxesFor(Whole).Zip(settings, (axis, value) => string.Create(CultureInfo.InvariantCulture, $"{axis.Name} {value}")));
}
