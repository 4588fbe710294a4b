namespace Aisle.GoogleCloud.BigQuery;

/// <summary>Where in the warehouse a shopper's rows are: in the order in which they can be deleted, since
/// positions are found by their slates.</summary>
internal static class PersonalRows
{
    /// <summary>What the removed rows are counted as, and what follows <c>DELETE FROM</c>; <c>@user</c> is the shopper and
    /// <c>@since</c> the beginning of time: the tables demand a predicate on their partitions.</summary>
    public static IReadOnlyList<(string Table, string Rows)> All { get; } =
    [
        ("interaction_events", "interaction_events_raw WHERE event_timestamp >= @since AND user_id = @user"),
        ("interaction_events", "interaction_events_merged WHERE event_timestamp >= @since AND user_id = @user"),
        ("slate_items", "slate_items_raw WHERE served_at >= @since AND slate_id IN (SELECT slate_id FROM slates_raw WHERE served_at >= "
            + "@since AND user_id = @user)"),
        ("slates", "slates_raw WHERE served_at >= @since AND user_id = @user"),
        ("exposures", "exposures WHERE exposed_at >= @since AND user_id = @user"),
        ("parked_messages", "parked_messages_raw WHERE parked_at >= @since AND STRPOS(SAFE_CONVERT_BYTES_TO_STRING(data), @user) > 0"),
        ("user_attributes", "user_attributes WHERE updated_at >= @since AND user_id = @user"),
    ];

    /// <summary>What the tables of a training inside BigQuery are called that have rows of shoppers; the model's version
    /// follows. They are kept for ten days.</summary>
    private static readonly string[] Derived = ["feedback_", "user_factors_", "content_profiles_", "shopper_tiers_", "product_shoppers_"];

    /// <summary>Where rows of shoppers are besides, among all tables of the dataset.</summary>
    /// <param name="tables">The names of all tables.</param>
    public static IEnumerable<(string Table, string Rows)> In(IEnumerable<string> tables) =>
        from table in tables
        where Array.Exists(Derived, prefix => table.StartsWith(prefix, StringComparison.Ordinal)) && table.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')
        select ("training", $"{table} WHERE user_id = @user");
}
