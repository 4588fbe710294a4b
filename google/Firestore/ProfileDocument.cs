using Aisle.Events;
using Aisle.Events.Features;
using Google.Cloud.Firestore;

namespace Aisle.GoogleCloud.Firestore;

/// <summary>How a shopper's session features stand in a document.</summary>
internal static class ProfileDocument
{
    /// <summary>The field that names the user whom a visitor became.</summary>
    public const string LoginUser = "login_user_id";

    /// <summary>The field that lists the users of the logins before.</summary>
    public const string EarlierLoginUsers = "earlier_login_user_ids";

    /// <summary>The fields of a profile; <c>expire_at</c> is the collection's time-to-live field.</summary>
    public static Dictionary<string, object?> Encode(ShopperProfile profile) => new()
    {
        ["user_id"] = profile.User.Value,
        ["assignment_id"] = profile.Assignment?.Value,
        ["assignment_stamp"] = Encode(profile.AssignmentStamp),
        ["recent"] = profile.Recent.Select(Encode).ToArray(),
        ["distinct_products"] = profile.DistinctProducts.Select(Encode).ToArray(),
        ["purchased"] = profile.Purchased.Select(Encode).ToArray(),
        ["user_embedding"] = profile.UserEmbedding,
        ["avg_price_minor"] = profile.AveragePriceMinor,
        ["purchase_count_30d"] = profile.PurchaseCount30Days,
        ["age_bracket"] = profile.AgeBracket,
        ["location"] = profile.Location,
        ["device_type"] = profile.DeviceType,
        ["device_stamp"] = Encode(profile.DeviceStamp),
        ["consent"] = profile.Consent,
        [LoginUser] = profile.Login?.User.Value,
        ["login_at"] = profile.Login?.At,
        [EarlierLoginUsers] = profile.EarlierLogins.Select(login => login.User.Value).ToArray(),
        ["earlier_login_at"] = profile.EarlierLogins.Select(login => login.At).ToArray(),
        ["is_user"] = profile.IsUser,
        ["newest_event_at"] = profile.NewestEventAt,
        ["expire_at"] = profile.ExpiresAt,
    };

    /// <summary>Whose document it is.</summary>
    public static UserId UserOf(DocumentFields document) => new(document.Text("user_id"));

    /// <summary>The profile of a document.</summary>
    /// <exception cref="InvalidDataException">A field is missing or of another type.</exception>
    public static ShopperProfile Decode(DocumentFields document) => new()
    {
        User = UserOf(document),
        Assignment = document.TextOrNull("assignment_id") is { } assignment ? new AssignmentId(assignment) : null,
        AssignmentStamp = DecodeStamp(document.DocumentOrNull("assignment_stamp")),
        Recent = [.. document.Maps("recent").Select(DecodeRecent)],
        DistinctProducts = [.. document.Maps("distinct_products").Select(DecodeDistinct)],
        Purchased = [.. document.MapsOrNone("purchased").Select(DecodeDistinct)],
        UserEmbedding = [.. document.List<double>("user_embedding").Select(number => (float)number)],
        AveragePriceMinor = document.NumberOrNull("avg_price_minor"),
        PurchaseCount30Days = checked((int)document.Whole("purchase_count_30d")),
        AgeBracket = document.TextOrNull("age_bracket"),
        Location = document.TextOrNull("location"),
        DeviceType = document.TextOrNull("device_type"),
        DeviceStamp = DecodeStamp(document.DocumentOrNull("device_stamp")),
        Consent = document.TruthOrNull("consent"),
        Login = document.TextOrNull(LoginUser) is { } login ? new Login(new UserId(login), document.Instant("login_at")) : null,
        EarlierLogins = [.. document.ListOrNone<string>(EarlierLoginUsers).Zip(document.ListOrNone<Timestamp>("earlier_login_at"), (user, at) => new Login(new UserId(user), at.ToDateTimeOffset()))],
        IsUser = document.TruthOrNull("is_user") == true,
        NewestEventAt = document.Instant("newest_event_at"),
        ExpiresAt = document.Instant("expire_at"),
    };

    private static Dictionary<string, object?> Encode(RecentInteraction recent) => new()
    {
        ["event_id"] = recent.Id.Value,
        ["product_id"] = recent.Product.Value,
        ["event_type"] = recent.Type.WireName(),
        ["occurred_at"] = recent.OccurredAt,
        ["session_id"] = recent.Session?.Value,
        ["accepted_at"] = recent.AcceptedAt,
    };

    private static RecentInteraction DecodeRecent(DocumentFields map) => new(
        new EventId(map.Text("event_id")),
        new ProductId(map.Text("product_id")),
        EventTypes.TryParse(map.Text("event_type"), out EventType type)
            ? type
            : throw new InvalidDataException($"A profile has an event of the unknown type \"{map.Text("event_type")}\"; a newer version wrote it."),
        map.Instant("occurred_at"),
        map.TextOrNull("session_id") is { } session ? new SessionId(session) : null)
    {
        AcceptedAt = map.InstantOrNull("accepted_at"),
    };

    private static Dictionary<string, object?>? Encode(EventStamp? stamp) => stamp is { } known
        ? new() { ["occurred_at"] = known.OccurredAt, ["event_id"] = known.Event.Value }
        : null;

    private static EventStamp? DecodeStamp(DocumentFields? map) =>
        map is null ? null : new EventStamp(map.Instant("occurred_at"), new EventId(map.Text("event_id")));

    private static Dictionary<string, object?> Encode(DistinctProduct distinct) => new()
    {
        ["product_id"] = distinct.Product.Value,
        ["last_touched_at"] = distinct.LastTouchedAt,
        ["last_event_id"] = distinct.LastEvent.Value,
    };

    private static DistinctProduct DecodeDistinct(DocumentFields map) =>
        new(new ProductId(map.Text("product_id")), map.Instant("last_touched_at"), new EventId(map.Text("last_event_id")));
}
