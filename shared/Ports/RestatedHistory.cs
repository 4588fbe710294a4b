using Aisle.Events;

namespace Aisle.Ports;

/// <summary>The history of a shopper from which an event was taken away again, because another copy under its id
/// had been accepted earlier.</summary>
/// <param name="User">Whose history it is.</param>
/// <param name="Withdrawn">The ids under which something was taken away; of those that another copy of the same shopper
/// holds now, it stands among the events.</param>
/// <param name="Events">All that the history keeps of the shopper now, in any order.</param>
public sealed record RestatedHistory(UserId User, IReadOnlySet<EventId> Withdrawn, IReadOnlyList<InteractionEvent> Events);
