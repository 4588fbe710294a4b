namespace Aisle.Candidates.Neighbours;

/// <summary>A shopper of the training set who touched some of the same products.</summary>
/// <param name="User">Which row of the neighbour matrix.</param>
/// <param name="Overlap">How many products both touched; positive.</param>
/// <param name="Similarity">Overlap over the geometric mean of both counts, in (0, 1].</param>
internal readonly record struct SimilarUser(int User, int Overlap, float Similarity);
