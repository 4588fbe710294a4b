namespace Aisle.GoogleCloud.Start;

/// <summary>One thing that a service must be able to do before it serves.</summary>
/// <param name="Name">What, as a verb phrase: <c>publish to aisle-events</c>.</param>
/// <param name="Remedy">What to set or to grant when it cannot.</param>
/// <param name="IsGrantedAsync">Tries it; false, or a fault that says so, when the service may not.</param>
public sealed record StartCheck(string Name, string Remedy, Func<CancellationToken, Task<bool>> IsGrantedAsync);
