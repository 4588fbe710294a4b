using System.Globalization;
using Aisle.Evaluation;
using Aisle.Ports;
using Aisle.RetrainTrigger.Judging;
using Aisle.RetrainTrigger.Steps;

namespace Aisle.RetrainTrigger.Gate;

/// <summary>Decides whether a trained model may serve: it must beat popularity, not fall below the serving model beyond what chance
/// explains, know as much of the shop, and show shoppers no other shop.</summary>
/// <remarks>Each comparison is turned round, so that a figure that is not a number objects too.</remarks>
public sealed class PromotionGate(RetrainOptions options)
{
    private const int RecentRuns = 7;
    private const int LeastRuns = 3;

    /// <summary>Judges the run's model.</summary>
    /// <param name="run">The run, with its evaluation and its shadow diff.</param>
    /// <param name="last">The run whose model serves; null for the first.</param>
    /// <param name="history">Earlier promoted retrains, newest first, so that many small falls do not add up to a large one unseen.</param>
    public GateDecision Decide(Run run, Run? last, IReadOnlyList<Run> history)
    {
        ArgumentNullException.ThrowIfNull(run);
        List<string> objections = [];
        List<string> remarks = [];
        if (run.Kind == RunKind.Retrain)
        {
            JudgeQuality(run, last, history, objections, remarks);
        }

        if (last is not null)
        {
            JudgeSize(run, last, objections);
            JudgeCoverage(run, last, objections);
        }

        JudgeShadow(run, objections);
        string[] drifts = [.. Drifts(run)];
        return new GateDecision(objections, [.. remarks, .. drifts], drifts);
    }

    private void JudgeQuality(Run run, Run? last, IReadOnlyList<Run> history, List<string> objections, List<string> remarks)
    {
        if (EvaluationCounts.Find(run, "hybrid", Metric.Ndcg) is not { } hybrid)
        {
            remarks.Add("It was not judged: too few shoppers came back after the cut.");
            return;
        }

        if (EvaluationCounts.Find(run, "popularity", Metric.Ndcg) is { } popularity && !(hybrid > popularity))
        {
            objections.Add(Text($"The hybrid's NDCG ({hybrid:0.0000}) does not beat popularity's ({popularity:0.0000}): look at the data of the last days, or at the recipe."));
        }
        else if (EvaluationCounts.Lead(run) is var (low, high) && !(low > 0))
        {
            remarks.Add(Text($"The lead over popularity may be chance: its 95 % interval is {low:0.0000} to {high:0.0000}."));
        }

        if (last is not null && EvaluationCounts.Find(last, "hybrid", Metric.Ndcg) is { } before)
        {
            JudgeFall(run, hybrid, before, "the serving model's", objections, remarks);
        }

        if (objections.Count == 0 && Usual(history) is { } usual)
        {
            JudgeFall(run, hybrid, usual, "the median of the latest models", objections, remarks);
        }
    }

    private void JudgeFall(Run run, double now, double before, string whose, List<string> objections, List<string> remarks)
    {
        double floor = before * (1 - options.MaxDrop);
        double upper = EvaluationCounts.Upper(run, "hybrid", Metric.Ndcg) ?? now;
        if (!(upper >= floor))
        {
            objections.Add(Text($"The hybrid's NDCG fell from {before:0.0000} ({whose}) to {now:0.0000}, more than {options.MaxDrop:P0}, and chance does not explain it (95 % interval up to {upper:0.0000}): compare the runs with GET /v1/runs, look at the data of the last days, then trigger a new run."));
        }
        else if (!(now >= floor))
        {
            remarks.Add(Text($"The hybrid's NDCG fell from {before:0.0000} ({whose}) to {now:0.0000}, but so few shoppers judged that it may be chance (95 % interval up to {upper:0.0000})."));
        }
    }

    /// <summary>The median NDCG of the latest models; null for fewer than three, which have no usual value.</summary>
    private static double? Usual(IReadOnlyList<Run> history)
    {
        double[] figures = [.. history.Select(run => EvaluationCounts.Find(run, "hybrid", Metric.Ndcg)).OfType<double>().Take(RecentRuns).Order()];
        return figures.Length < LeastRuns ? null : figures[figures.Length / 2];
    }

    private void JudgeSize(Run run, Run last, List<string> objections)
    {
        foreach ((string count, string remedy) in new[]
        {
            ("products", "was the catalogue sent whole?"), ("shoppers", "do events still arrive, and with user ids?"), ("interactions", "do events still arrive, and of products in the catalogue?"),
        })
        {
            if (Counted(run, count) is { } now && Counted(last, count) is { } before && !(now >= before * (1 - options.MaxShrink)))
            {
                objections.Add(Text($"Its {count} shrank from {before:0} to {now:0}, more than {options.MaxShrink:P0}: {remedy} Once that is put right, trigger a new run; if the shop did shrink, promote this model by hand: POST /v1/models/{run.ModelVersion}/promote."));
            }
        }
    }

    private void JudgeCoverage(Run run, Run last, List<string> objections)
    {
        if (EvaluationCounts.Find(run, "hybrid", Metric.Coverage) is { } now && EvaluationCounts.Find(last, "hybrid", Metric.Coverage) is { } before
            && !(now >= before * (1 - options.MaxCoverageDrop)))
        {
            objections.Add(Text($"Its slates cover {now:P1} of the catalogue, after {before:P1}: it shows everybody the same. Look for one shopper or product that drowns the others, then trigger a new run."));
        }
    }

    private void JudgeShadow(Run run, List<string> objections)
    {
        ShadowOptions shadow = options.Shadow;
        string remedy = $"Look at the worst shoppers in GET /v1/runs/{run.Id}; if the change is wanted, promote the model by hand: POST "
            + $"/v1/models/{run.ModelVersion}/promote.";
        if (Shadow(run, ShadowCounts.Overlap) is { } overlap && !(overlap >= shadow.MinOverlap))
        {
            objections.Add(Text($"Shoppers would see other slates than now: only {overlap:P1} of the places stay, less than {shadow.MinOverlap:P1}. {remedy}"));
        }

        if (Shadow(run, ShadowCounts.PriceShift) is { } shift && !(Math.Abs(shift) <= shadow.MaxPriceShift))
        {
            objections.Add(Text($"The mean price shown would move by {shift:P0}, more than {shadow.MaxPriceShift:P0}. {remedy}"));
        }

        if (Shadow(run, ShadowCounts.CategoryShift) is { } moved && !(moved <= shadow.MaxCategoryShift))
        {
            objections.Add(Text($"{moved:P0} of the places would go to other categories, more than {shadow.MaxCategoryShift:P0}. {remedy}"));
        }
    }

    private IEnumerable<string> Drifts(Run run) =>
        from name in ShadowCounts.Drifts
        where Shadow(run, name) is { } index && !(index < options.Shadow.MaxStabilityIndex)
        select Text($"Drift: {name} is {Shadow(run, name):0.00} against the serving model, from {options.Shadow.MaxStabilityIndex:0.00} on it counts as a major shift.");

    private static double? Shadow(Run run, string name) => Count(run, StepNames.Gate, name);

    private static double? Counted(Run run, string name) => Count(run, StepNames.Snapshot, name);

    private static double? Count(Run run, string step, string name) =>
        run.Steps.FirstOrDefault(known => known.Name == step) is { } found && found.Counts.TryGetValue(name, out double value) ? value : null;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
