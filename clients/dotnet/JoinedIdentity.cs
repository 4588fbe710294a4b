namespace Aisle.Client;

/// <summary>A visitor who has become a known user.</summary>
/// <param name="UserId">The user's pseudonym.</param>
/// <param name="AssignmentId">The pseudonym by which experiments go on to assign.</param>
public sealed record JoinedIdentity(string UserId, string AssignmentId);
