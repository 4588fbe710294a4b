using System.Globalization;

namespace Aisle.GoogleCloud.BigQuery;

/// <summary>Feedback of a share of shoppers: by hash, so that it is the same shoppers each time.</summary>
internal static class FeedbackSample
{
    /// <summary>The query over the sample.</summary>
    /// <param name="sql">Gives a row for each <c>user_id</c> and <c>product_id</c>.</param>
    /// <param name="share">In (0, 1], to six decimals; 1 is everybody.</param>
    public static string Of(string sql, double share) => share >= 1 ? sql : string.Create(
        CultureInfo.InvariantCulture,
        $"SELECT * FROM ({sql}) WHERE MOD(MOD(FARM_FINGERPRINT(user_id), 1000000) + 1000000, 1000000) < {(long)(share * 1_000_000)} ORDER BY user_id, product_id");
}
