using Aisle.Events;
using Aisle.Events.Features;

namespace Aisle.IngestEvent.Features;

/// <summary>What happens to one shopper's document.</summary>
/// <param name="Events">What is merged into it.</param>
/// <param name="Withdrawn">What was taken out of the shopper's history; null when nothing was, so that the events
/// are all that is new.</param>
internal readonly record struct FeatureChange(IReadOnlyCollection<InteractionEvent> Events, IReadOnlySet<EventId>? Withdrawn)
{
    /// <summary>Whether nothing happens.</summary>
    public bool IsEmpty => Events.Count == 0 && Withdrawn is null;

    /// <summary>The document afterwards; null when there is none.</summary>
    public ShopperProfile? ApplyTo(ShopperProfile? present, UserId user) => Withdrawn is null
        ? SessionFeatures.Merge(present, user, Events)
        : SessionFeatures.Restate(present, user, Withdrawn, Events);

    /// <summary>Both changes in one.</summary>
    public FeatureChange With(FeatureChange other) => new(
        [.. Events, .. other.Events], Withdrawn is null && other.Withdrawn is null ? null : (Withdrawn ?? new HashSet<EventId>()).Union(other.Withdrawn ?? new HashSet<EventId>()).ToHashSet());

    /// <summary>What happened after an instant, and what did not.</summary>
    public (FeatureChange After, FeatureChange Before) SplitAt(DateTimeOffset instant) => (
        new([.. Events.Where(e => e.OccurredAt > instant)], Withdrawn), new([.. Events.Where(e => e.OccurredAt <= instant)], Withdrawn));
}
