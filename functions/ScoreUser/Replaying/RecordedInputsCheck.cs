using Aisle.Events;
using Aisle.Events.Features;

namespace Aisle.ScoreUser.Replaying;

/// <summary>Holds recorded inputs to what a slate can have followed from, so that a log that somebody forged or damaged costs no more work than a slate and is named.</summary>
internal static class RecordedInputsCheck
{
    private const int MostServed = 10_000;

    private static readonly DateTimeOffset First = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Last = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero); // far from where arithmetic with instants ends

    /// <summary>The first thing that no slate was made from, as <c>field: problem</c>; null when all is well.</summary>
    public static string? ProblemOf(RecordedInputs inputs) =>
        inputs.Now < First.Ticks || inputs.Now > Last.Ticks ? "now: no instant"
        : inputs.Served is { } served && (served.Count > MostServed || served.Any(entry => !Identity.IsValid(entry.Key) || entry.Value < 0)) ? "served: too many, or no counts of products"
        : inputs.Profile is { } profile ? ProblemOf(profile)
        : null;

    private static string? ProblemOf(RecordedProfile profile) =>
        profile.Recent.Count > SessionFeatures.RecentCapacity || !profile.Recent.All(IsGood) ? Named("recent")
        : !AreGood(profile.Distinct, SessionFeatures.DistinctCapacity) ? Named("distinct")
        : !AreGood(profile.Purchased, SessionFeatures.PurchasedCapacity) ? Named("purchased")
        : !IsInstant(profile.Newest) || !IsInstant(profile.Expires) ? "profile: no instant"
        : profile.Purchases < 0 || profile.Price is < 0 ? "profile: a negative number"
        : null;

    private static string Named(string list) => $"profile.{list}: more entries than a shopper's document has, or one that is no touch of a product";

    private static bool AreGood(IReadOnlyList<RecordedProduct>? products, int most) => products is null
        || (products.Count <= most && products.All(product => product.Recent >= 0 || (product.Product is { } named && Identity.IsValid(named) && IsInstant(product.At))));

    private static bool IsGood(RecordedTouch touch) =>
        Identity.IsValid(touch.Product) && IsInstant(touch.At) && touch.Visit >= 0 && Enum.IsDefined((EventType)touch.Type);

    private static bool IsInstant(long micros) => micros >= Micros(First) && micros <= Micros(Last);

    private static long Micros(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds() * 1000;
}
