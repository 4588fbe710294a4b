using Aisle.Candidates.Neighbours;
using Aisle.Candidates.Shoppers;
using Aisle.Factorization.Folding;

namespace Aisle.Candidates.Hybrid;

/// <summary>What all sources say about all items for one shopper: scratch that is used again for the next.</summary>
/// <param name="items">How many items.</param>
internal sealed class HybridScores(int items)
{
    private float[] _profile = [];

    /// <summary>Whether <see cref="Content"/> holds what it says of the present history.</summary>
    public bool HasContent { get; set; }

    /// <summary>The walks' share at which <see cref="Collaborative"/> holds what it says of the present history;
    /// NaN when it does not.</summary>
    public double CollaborativeAt { get; set; }

    /// <summary>With how many similar users <see cref="Neighbours"/> holds what they say of the present history;
    /// 0 when it does not.</summary>
    public int NeighboursAt { get; set; }

    /// <summary>User factor · item factor of all items, where somebody has multiplied it for several shoppers at
    /// once; null where the scorer has to.</summary>
    public ReadOnlyMemory<float>? FactorProducts { get; set; }

    /// <summary>Profile · embedding of all items, likewise.</summary>
    public ReadOnlyMemory<float>? ContentProducts { get; set; }

    /// <summary>Forgets the history: the next is another's.</summary>
    public void Begin() => (HasContent, CollaborativeAt, NeighboursAt, FactorProducts, ContentProducts) = (false, double.NaN, 0, null, null);

    /// <summary>The tier.</summary>
    public Strategy Strategy { get; set; }

    /// <summary>How much each source counts.</summary>
    public SourceWeights Weights { get; set; }

    /// <summary>User factor · item factor.</summary>
    public SourceScores Collaborative { get; } = new(items);

    /// <summary>What walks from the touched items reach, raw: one half of the collaborative source.</summary>
    public float[] Walks { get; } = new float[items];

    /// <summary>What one unit of the collaborative source's halves adds to it before it is scaled: of a score by
    /// factors, and of one by walks.</summary>
    public (float Factors, float Walks) CollaborativeUnits { get; set; }

    /// <summary>Cosine with the profile.</summary>
    public SourceScores Content { get; } = new(items);

    /// <summary>Similar users.</summary>
    public SourceScores Neighbours { get; } = new(items);

    /// <summary>Who they are.</summary>
    public SimilarUser[] SimilarUsers { get; set; } = [];

    /// <summary>The length of the content profile before it was brought to 1.</summary>
    public float ContentNorm { get; set; }

    /// <summary>The folded-in factors; null when the collaborative source was not asked.</summary>
    public FoldedUser? User { get; set; }

    /// <summary>The fused scores of all items, without newness.</summary>
    public float[] Fused { get; } = new float[items];

    /// <summary>The content profile.</summary>
    public float[] Profile(int width) => _profile.Length == width ? _profile : _profile = new float[width];
}
