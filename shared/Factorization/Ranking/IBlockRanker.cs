using Aisle.Feedback;

namespace Aisle.Factorization.Ranking;

/// <summary>Ranks a block of users at a time; one for each thread, since it owns scratch memory.</summary>
internal interface IBlockRanker : IDisposable
{
    /// <summary>Ranks the catalogue for the users from <paramref name="firstUser"/> on, at most a block.</summary>
    void Rank(FactorMatrix users, InteractionMatrix? excluded, int firstUser, FactorRanking.Sink sink);
}
