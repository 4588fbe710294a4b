namespace Aisle.Events.Features;

/// <summary>The session features of one shopper: one small document, a pure function of the shopper's deduplicated events
/// (any order, any number of deliveries, the same document), beside the batch features of the last retrain.</summary>
public sealed record ShopperProfile
{
    /// <summary>Whose it is.</summary>
    public required UserId User { get; init; }

    /// <summary>The pseudonym the visitor was first seen under; carried through login.</summary>
    public AssignmentId? Assignment { get; init; }

    /// <summary>The earliest event that named <see cref="Assignment"/>; an earlier one replaces it. Null exactly
    /// when there is none.</summary>
    public EventStamp? AssignmentStamp { get; init; }

    /// <summary>The latest interactions, oldest first, ordered by (time, event id); at most
    /// <see cref="SessionFeatures.RecentCapacity"/>.</summary>
    public IReadOnlyList<RecentInteraction> Recent { get; init; } = [];

    /// <summary>The latest distinct products, newest first; at most
    /// <see cref="SessionFeatures.DistinctCapacity"/>, where the count saturates.</summary>
    public IReadOnlyList<DistinctProduct> DistinctProducts { get; init; } = [];

    /// <summary>The latest distinct products bought, newest purchase first; at most <see cref="SessionFeatures.PurchasedCapacity"/>. They
    /// outlive <see cref="Recent"/>, so that what was bought long ago is not shown again.</summary>
    public IReadOnlyList<DistinctProduct> Purchased { get; init; } = [];

    /// <summary>Batch feature, daily: the collaborative user factor (64 numbers); empty when the shopper has none.</summary>
    public IReadOnlyList<float> UserEmbedding { get; init; } = [];

    /// <summary>Batch feature, hourly: the weighted mean price of what the shopper viewed and bought, minor
    /// units; null when unknown.</summary>
    public double? AveragePriceMinor { get; init; }

    /// <summary>Batch feature, daily: order lines bought in the last 30 days.</summary>
    public int PurchaseCount30Days { get; init; }

    /// <summary>Optional: age bracket of the user profile, such as <c>25-34</c>; null when unknown.</summary>
    public string? AgeBracket { get; init; }

    /// <summary>Optional: location of the user profile, such as a country; null when unknown.</summary>
    public string? Location { get; init; }

    /// <summary>The last device seen; null when unknown.</summary>
    public string? DeviceType { get; init; }

    /// <summary>The latest event that named <see cref="DeviceType"/>; a later one replaces it. Null exactly when there is none.</summary>
    public EventStamp? DeviceStamp { get; init; }

    /// <summary>Whether the shopper agreed to personalisation; null when never asked, which counts as the shop's default.</summary>
    public bool? Consent { get; init; }

    /// <summary>Where a visitor's events of before the last login went and go; null when the visitor never logged
    /// in, or is a known user.</summary>
    public Login? Login { get; init; }

    /// <summary>The logins of a visitor before <see cref="Login"/>, newest first, the last as each user; at most
    /// <see cref="SessionFeatures.EarlierLoginCapacity"/>, none older than <see cref="SessionFeatures.TimeToLive"/> when it was written.
    /// An erasure goes by them.</summary>
    public IReadOnlyList<Login> EarlierLogins { get; init; } = [];

    /// <summary>Whether a visitor has logged in as this shopper, who is no anonymous visitor then.</summary>
    public bool IsUser { get; init; }

    /// <summary>The newest event time that went into the document, UTC.</summary>
    public required DateTimeOffset NewestEventAt { get; init; }

    /// <summary>When the document stops counting, whether or not the store has deleted it yet.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether the visitor logged in as the user, last or before.</summary>
    public bool HasLoggedInAs(UserId user) => Login?.User == user || EarlierLogins.Any(login => login.User == user);
}
