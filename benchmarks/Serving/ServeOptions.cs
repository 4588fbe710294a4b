namespace Aisle.Benchmarks.Serving;

/// <summary>What <c>serve</c> is to do.</summary>
/// <param name="Folder">The state folder; an empty one becomes a demo shop first.</param>
/// <param name="Connections">Requests under way in the closed loop.</param>
/// <param name="Users">How many shoppers.</param>
/// <param name="Rounds">Rounds of the closed loop.</param>
/// <param name="Rate">Requests a second of the open loop; null for half of what the closed loop reached.</param>
/// <param name="Duration">How long the open loop runs.</param>
internal sealed record ServeOptions(string Folder, int Connections, int Users, int Rounds, int? Rate, TimeSpan Duration);
