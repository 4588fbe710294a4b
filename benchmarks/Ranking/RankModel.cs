using Aisle.Benchmarks.Files;
using Aisle.Candidates.ItemToItem;
using Aisle.Evaluation;
using Aisle.Factorization;
using Aisle.Feedback;

namespace Aisle.Benchmarks.Ranking;

/// <summary>The models that <c>rank</c> compares, each made from training data alone.</summary>
/// <param name="data">Whose training half they learn from.</param>
/// <param name="largestK">The longest slate that will be asked for.</param>
/// <param name="tuning">The time budget of each tuned model, or null to train with defaults.</param>
internal sealed class RankModel(Dataset data, int largestK, TimeSpan? tuning)
{
    private const double ValidationShare = 0.1;
    private const int ValidationCut = 10;

    private static readonly double[] EaseRegularizations = [100, 300, 1000];
    private static readonly (double Alpha, double Beta)[] Walks = [(0.6, 0.2), (0.8, 0.3), (0.8, 0.5), (1.0, 0.4)];

    private readonly Lazy<Holdout> _inner = new(() => Inner(data));

    /// <summary>The names that can be asked for, in the order in which they are printed.</summary>
    public static IReadOnlyList<string> Names { get; } = ["popularity", "itemknn", "sessionknn", "rp3", "ease", "ials"];

    /// <summary>Trains a model and returns its slates, with the settings that it used.</summary>
    /// <exception cref="ArgumentException">The data do not allow this model; the message says why.</exception>
    public (ISlateSource Source, string Settings) Make(string name)
    {
        (ISlateSource source, string settings) = Trained(name);
        return (new BackfilledSlates(source, data.Train), settings);
    }

    private (ISlateSource Source, string Settings) Trained(string name) => name switch
    {
        "popularity" => (new PopularSlates(data.Train, categories: null), ""),
        "itemknn" => Scorer(new ItemKnnTrainer(new ItemKnnOptions()), "k 200, shrinkage 20"),
        "sessionknn" => (new HistorySlates(data), "each user's history as one session"),
        "rp3" => Walk(),
        "ease" => Ease(),
        "ials" => Factors(),
        _ => throw new ArgumentException($"There is no model '{name}'; choose among {string.Join(", ", Names)} or all."),
    };

    /// <summary>An inner split for tuning: by time where the file has times, else one item of each user by chance.</summary>
    private static Holdout Inner(Dataset data) => data.Timed is { } timed
        ? TemporalHoldout.AtTime(timed, data.Users.Count, data.Items.Count, TemporalHoldout.CutAt(timed, 1 - ValidationShare))
        : RandomHoldout.LeaveOne(data.Train, seed: 1);

    private (ISlateSource Source, string Settings) Factors()
    {
        IalsOptions options = new();
        if (tuning is { } budget)
        {
            options = new IalsTuner(options, budget, TimeProvider.System)
                .Search(_inner.Value.Train, model => Tables.Validation.Ndcg(model, _inner.Value, ValidationCut), CancellationToken.None)[0].Options;
        }

        FactorModel model = new IalsTrainer(options).Fit(data.Train, progress: null, CancellationToken.None);
        return (new FactorSlates(model, data.Holdout(), largestK, CancellationToken.None), FormattableString.Invariant(
            $"d {options.Factors}, λ {options.Regularization:0.####}, α0 {options.UnobservedWeight:0.####}, {options.Iterations} epochs"));
    }

    private (ISlateSource Source, string Settings) Ease()
    {
        double best = tuning is null ? 300 : EaseRegularizations.MaxBy(value => Judge(EaseOf(value)));
        return Scorer(EaseOf(best), FormattableString.Invariant($"λ {best}"));
    }

    private (ISlateSource Source, string Settings) Walk()
    {
        (double alpha, double beta) = tuning is null ? (0.8, 0.3) : Walks.MaxBy(pair => Judge(WalkOf(pair.Alpha, pair.Beta)));
        return Scorer(WalkOf(alpha, beta), FormattableString.Invariant($"k 200, α {alpha}, β {beta}"));
    }

    private static EaseTrainer EaseOf(double regularization) => new(new EaseOptions { Regularization = regularization });

    private static Rp3BetaTrainer WalkOf(double alpha, double beta) => new(new Rp3BetaOptions { Alpha = alpha, Beta = beta });

    private double Judge(IItemScorerTrainer trainer)
    {
        Holdout inner = _inner.Value;
        ScorerSlates slates = new(trainer.Train(inner.Train, null, CancellationToken.None), inner.Train);
        EvaluationOptions options = new() { K = ValidationCut, BootstrapSamples = 0 };
        return new ModelEvaluator(inner, options).Evaluate("candidate", slates, CancellationToken.None)[Metric.Ndcg]?.Value ?? 0;
    }

    private (ISlateSource Source, string Settings) Scorer(IItemScorerTrainer trainer, string settings) =>
        (new ScorerSlates(trainer.Train(data.Train, null, CancellationToken.None), data.Train), settings);
}
