namespace Aisle.Benchmarks.Files;

/// <summary>One line of a <c>user,item[,weight[,timestamp]]</c> file.</summary>
/// <param name="User">Any id.</param>
/// <param name="Item">Any id.</param>
/// <param name="Weight">1 when the line has none.</param>
/// <param name="At">Null when the line has none.</param>
internal readonly record struct PairLine(string User, string Item, float Weight, DateTimeOffset? At);
