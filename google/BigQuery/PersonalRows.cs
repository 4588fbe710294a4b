namespace Aisle.GoogleCloud.BigQuery;

/// <summary>Where in the warehouse a shopper's rows are: in the order in which they can be deleted, since positions are found by their slates.</summary>
internal static class PersonalRows
{
    /// <summary>What the removed rows are counted as, and what follows <c>DELETE FROM</c>; <c>@user</c> is the shopper.</summary>
    public static IReadOnlyList<(string Table, string Rows)> All { get; } =
    [
        ("interaction_events", "interaction_events_raw WHERE user_id = @user"),
        ("interaction_events", "interaction_events_merged WHERE user_id = @user"),
        ("slate_items", "slate_items_raw WHERE slate_id IN (SELECT slate_id FROM slates_raw WHERE user_id = @user)"),
        ("slates", "slates_raw WHERE user_id = @user"),
        ("exposures", "exposures WHERE user_id = @user"),
        ("parked_messages", "parked_messages_raw WHERE STRPOS(SAFE_CONVERT_BYTES_TO_STRING(data), @user) > 0"),
        ("user_attributes", "user_attributes WHERE user_id = @user"),
    ];
}
