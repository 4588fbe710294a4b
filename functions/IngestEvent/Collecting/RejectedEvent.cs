using Aisle.Events.Rules;

namespace Aisle.IngestEvent.Collecting;

/// <summary>An event that was not accepted, and everything that is wrong with it.</summary>
/// <param name="Index">Its place in the batch, from 0.</param>
/// <param name="EventId">Its id, if it had a readable one.</param>
/// <param name="Problems">At least one.</param>
public sealed record RejectedEvent(int Index, string? EventId, IReadOnlyList<EventFault> Problems);
