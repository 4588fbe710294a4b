using Aisle.Events.Features;

namespace Aisle.Ports;

/// <summary>One conditional write of a profile.</summary>
/// <param name="Profile">The new document.</param>
/// <param name="ExpectedTag">The tag it was read under; null when there must be none yet.</param>
public sealed record ProfileWrite(ShopperProfile Profile, string? ExpectedTag);
