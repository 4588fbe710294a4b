namespace Aisle.Events;

/// <summary>A visitor became a known user: what the visitor did until then belongs to the user, also when it is delivered later.</summary>
/// <param name="User">The user's pseudonym.</param>
/// <param name="At">When, UTC; what happens under the visitor's id afterwards is the visitor's own again, as on a
/// device that several people share.</param>
public sealed record Login(UserId User, DateTimeOffset At);
