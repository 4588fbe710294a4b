using Aisle.Sql;

using Aisle.Statistics;

namespace Aisle.AbReport;

/// <summary>The sums of one arm, exact, so that any order of users gives the same bits.</summary>
internal sealed class ArmTotals
{
    private Int128 _revenue;
    private Int128 _revenueSquared;
    private Int128 _buyers;
    private Int128 _clicks;
    private Int128 _impressions;
    private Int128 _clicksSquared;
    private Int128 _impressionsSquared;
    private Int128 _product;

    /// <summary>Visitors.</summary>
    public long Users { get; private set; }

    /// <summary>Adds a visitor.</summary>
    public void Add(ExperimentUser user)
    {
        Users++;
        _revenue += user.RevenueMinor;
        _revenueSquared += (Int128)user.RevenueMinor * user.RevenueMinor;
        _buyers += user.Purchases > 0 ? 1 : 0;
        _clicks += user.Clicks;
        _impressions += user.Impressions;
        _clicksSquared += (Int128)user.Clicks * user.Clicks;
        _impressionsSquared += (Int128)user.Impressions * user.Impressions;
        _product += (Int128)user.Clicks * user.Impressions;
    }

    /// <summary>Net revenue per visitor, in whole units of the currency.</summary>
    /// <param name="scale">Minor units in a unit.</param>
    public ArmMean RevenuePerUser(double scale)
    {
        ArmMean minor = ArmMean.FromExactSums(Users, _revenue, _revenueSquared);
        return new ArmMean(minor.Count, minor.Mean / scale, minor.Variance / (scale * scale), minor.Scale / (scale * scale));
    }

    /// <summary>The share of visitors who bought.</summary>
    public ArmMean Conversion() => ArmMean.FromExactSums(Users, _buyers, _buyers);

    /// <summary>Clicks over impressions, the visitor being the unit of chance.</summary>
    public ArmRatio ClickThrough() => new(
        Users, (double)_clicks, (double)_impressions, (double)_clicksSquared, (double)_impressionsSquared, (double)_product);
}
