using Aisle.Experiments;
using Aisle.Sql;
using Aisle.Statistics;

namespace Aisle.AbReport.Figures;

/// <summary>What the warehouse says about an experiment: sums, never single visitors.</summary>
internal sealed record ExperimentData
{
    private static readonly Dictionary<string, ArmMean> NoEstimates = [];

    private readonly Dictionary<string, ArmSums> _arms = [];

    /// <summary>Which.</summary>
    public required Experiment Experiment { get; init; }

    /// <summary>The first instant that does not count any more.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>What the rows add up.</summary>
    public required IReadOnlyList<ExperimentSum> Sums { get; init; }

    /// <summary>The sums by variant, standing and segment.</summary>
    public required IReadOnlyList<ExperimentArmsRow> Arms { get; init; }

    /// <summary>Which currencies they paid in, those who are left out for it included.</summary>
    public required PaidCurrencies Currencies { get; init; }

    /// <summary>How revenue spreads over those who bought.</summary>
    public required IReadOnlyList<RevenueShare> Revenue { get; init; }

    /// <summary>What each day added.</summary>
    public required IReadOnlyList<ExperimentDay> Days { get; init; }

    /// <summary>The logged variants by assignment bucket.</summary>
    public required IReadOnlyList<LoggedAssignments> Assignments { get; init; }

    /// <summary>By variant and metric the quantiles, each as a mean over visitors whose variance is that of the quantile.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, ArmMean>> Estimates { get; init; }

    /// <summary>How many products were shown how often, by variant and bucket.</summary>
    public required IReadOnlyList<ShownProducts> Items { get; init; }

    /// <summary>Products in the catalogue now.</summary>
    public required long CatalogueSize { get; init; }

    /// <summary>The sums of one variant's counted visitors.</summary>
    public ArmSums ArmOf(string variant)
    {
        if (!_arms.TryGetValue(variant, out ArmSums? arm))
        {
            arm = Collect(row => row.Variant == variant, Estimates.GetValueOrDefault(variant, NoEstimates));
            _arms.Add(variant, arm);
        }

        return arm;
    }

    /// <summary>The sums of the counted visitors that a segment takes.</summary>
    public ArmSums Collect(Func<ExperimentArmsRow, bool> belongs) => Collect(belongs, NoEstimates);

    private ArmSums Collect(Func<ExperimentArmsRow, bool> belongs, IReadOnlyDictionary<string, ArmMean> estimates)
    {
        ArmSums arm = new(Sums, estimates);
        foreach (ExperimentArmsRow row in Arms.Where(row => row.Standing == "counted" && belongs(row)))
        {
            arm.Add(row);
        }

        return arm;
    }
}
