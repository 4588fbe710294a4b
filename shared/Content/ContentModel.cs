using System.Numerics.Tensors;
using Aisle.Catalogue;
using Aisle.Factorization;

namespace Aisle.Content;

/// <summary>What each product is about, as a point on the unit sphere: products that say similar things lie
/// close, whoever bought them.</summary>
public sealed class ContentModel
{
    private readonly FactorMatrix _embeddings;

    /// <summary>Takes embeddings that were fitted before.</summary>
    /// <param name="embeddings">n × d; each row has length 1, or is zero for a product without content.</param>
    public ContentModel(FactorMatrix embeddings)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        _embeddings = embeddings;
        int[] silent = [.. Enumerable.Range(0, embeddings.Count).Where(item => !embeddings[item].ContainsAnyExcept(0f))];
        SilentCount = silent.Length;
    }

    /// <summary>n × d, row-major; each row has length 1, or is zero for a product without content.</summary>
    public FactorMatrix Embeddings => _embeddings;

    /// <summary>How many products have no content.</summary>
    public int SilentCount { get; }

    /// <summary>Whether any product has content; without it the content source drops out.</summary>
    public bool HasAnyContent => SilentCount < _embeddings.Count;

    /// <summary>Whether the product has text that it shares a term of with another.</summary>
    public bool HasContent(int item) => _embeddings[item].ContainsAnyExcept(0f);

    /// <summary>The cosine of two products, in [−1, 1]; 0 when either has no content.</summary>
    public float Similarity(int first, int second) => TensorPrimitives.Dot(_embeddings[first], _embeddings[second]);

    /// <summary>Reads a catalogue and places its products.</summary>
    /// <param name="products">The catalogue; the position is the item's index. May be empty.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Heeded between the products of the decomposition.</param>
    /// <returns>Embeddings of <see cref="ContentOptions.Dimensions"/> numbers; when the catalogue has fewer
    /// independent terms, the last ones are zero.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <remarks>TF-IDF reduced by a truncated singular value decomposition, known as latent semantic analysis (Deerwester and others 1990).
    /// O((terms of all products + products·d)·d).</remarks>
    public static ContentModel Fit(IReadOnlyList<Product> products, ContentOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(products);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        SparseRows rows = TermFrequencies.Of(products, options, cancellationToken);
        double[][] directions = rows.Values.Length == 0 ? [] : TruncatedSvd.Project(rows, options, cancellationToken);
        return new ContentModel(UnitRows(directions, products.Count, options.Dimensions));
    }

    private static FactorMatrix UnitRows(double[][] directions, int count, int width)
    {
        FactorMatrix embeddings = new(count, width);
        for (int item = 0; item < count; item++)
        {
            double norm = Math.Sqrt(directions.Sum(direction => direction[item] * direction[item]));
            Span<float> row = embeddings.Row(item);
            for (int index = 0; norm > 1e-9 && index < directions.Length; index++)
            {
                row[index] = (float)(directions[index][item] / norm);
            }
        }

        return embeddings;
    }
}
