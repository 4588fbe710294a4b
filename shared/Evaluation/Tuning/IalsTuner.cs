using Aisle.Factorization;
using Aisle.Feedback;

namespace Aisle.Evaluation.Tuning;

/// <summary>Looks for λ, α0 and the number of iterations that do best on a validation split, within a time budget.</summary>
/// <remarks>A coarse grid of (λ, α0), then the neighbours of the best at half the distance, again and again; each is judged
/// after 4, 8 and 16 iterations. The order is fixed, so that only the number of trials depends on the machine. Rendle and
/// others (2021) show that these two decide.</remarks>
/// <param name="start">Options that stay: factors, loss, seed.</param>
/// <param name="budget">After this time no new trial starts; the first always runs.</param>
/// <param name="clock">Measures the budget.</param>
public sealed class IalsTuner(IalsOptions start, TimeSpan budget, TimeProvider clock)
{
    private static readonly double[] Regularizations = [0.02, 0.005, 0.08];
    private static readonly double[] UnobservedWeights = [0.01, 0.05, 0.2, 0.002];
    private static readonly int[] Checkpoints = [4, 8, 16];

    private readonly List<IalsTrial> _trials = [];

    /// <summary>How often the search goes on around the best, each time at half the distance; default 3, at least 0. With 0 it is
    /// the coarse grid of twelve points.</summary>
    public int Refinements { get; init; } = 3;

    /// <summary>Searches.</summary>
    /// <param name="train">The inner training half; never anything of the test.</param>
    /// <param name="judge">How good a model is on the validation half; higher is better.</param>
    /// <param name="cancellationToken">Heeded within a training.</param>
    /// <returns>All trials, best first.</returns>
    public IReadOnlyList<IalsTrial> Search(InteractionMatrix train, Func<FactorModel, double> judge, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(judge);
        _trials.Clear();
        long begun = clock.GetTimestamp();
        foreach ((double lambda, double alpha) in Points())
        {
            if (_trials.Count > 0 && clock.GetElapsedTime(begun) >= budget)
            {
                break;
            }

            Try(train, judge, lambda, alpha, cancellationToken);
        }

        return [.. _trials.OrderByDescending(trial => trial.Score)];
    }

    private IEnumerable<(double Lambda, double Alpha)> Points()
    {
        foreach (double alpha in UnobservedWeights)
        {
            foreach (double lambda in Regularizations)
            {
                yield return (lambda, alpha);
            }
        }

        double factor = 2;
        for (int round = 0; round < Refinements; round++, factor = Math.Sqrt(factor))
        {
            IalsOptions best = _trials.MaxBy(trial => trial.Score)!.Options;
            yield return (best.Regularization * factor, best.UnobservedWeight);
            yield return (best.Regularization / factor, best.UnobservedWeight);
            best = _trials.MaxBy(trial => trial.Score)!.Options;
            yield return (best.Regularization, best.UnobservedWeight * factor);
            yield return (best.Regularization, best.UnobservedWeight / factor);
        }
    }

    private void Try(InteractionMatrix train, Func<FactorModel, double> judge, double lambda, double alpha, CancellationToken cancellationToken)
    {
        IalsOptions options = start with { Regularization = lambda, UnobservedWeight = alpha, Iterations = Checkpoints[^1] };
        double best = double.NegativeInfinity;
        new IalsTrainer(options).Fit(train, progress: null, Look, cancellationToken);

        bool Look(int iteration, Func<FactorModel> model)
        {
            if (!Checkpoints.Contains(iteration))
            {
                return true;
            }

            double score = judge(model());
            _trials.Add(new IalsTrial(options with { Iterations = iteration }, score));
            bool improves = score > best;
            best = Math.Max(best, score);
            return improves;
        }
    }
}
