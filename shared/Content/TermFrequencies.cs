using System.Runtime.InteropServices;
using Aisle.Catalogue;

namespace Aisle.Content;

/// <summary>TF-IDF of a catalogue: frequent words of a product count more, words that many products share count less.</summary>
/// <remarks>tf = 1 + ln(weighted count) above 1, else the weighted count; idf = ln((1 + n) / (1 + df)) + 1; rows of length 1.
/// Salton and Buckley (1988), with the smoothed idf that never reaches zero.</remarks>
internal static class TermFrequencies
{
    /// <summary>The rows of all products; an empty row for one without text or whose terms no other product has.</summary>
    public static SparseRows Of(IReadOnlyList<Product> products, ContentOptions options, CancellationToken cancellationToken)
    {
        ProductTerms terms = new(new PriceBands(products, options.PriceBands), options);
        Dictionary<string, double>[] counted = new Dictionary<string, double>[products.Count];
        Parallel.For(0, products.Count, new ParallelOptions { CancellationToken = cancellationToken }, row => counted[row] = terms.Of(products[row]));
        Dictionary<string, (int Column, double Idf)> vocabulary = Vocabulary(counted, options);
        return Rows(counted, vocabulary);
    }

    /// <summary>The terms that count, in ordinal order, so that the order of products leaves no trace.</summary>
    private static Dictionary<string, (int Column, double Idf)> Vocabulary(Dictionary<string, double>[] counted, ContentOptions options)
    {
        Dictionary<string, int> documents = new(StringComparer.Ordinal);
        foreach (string term in counted.SelectMany(row => row.Keys))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(documents, term, out _)++;
        }

        int textual = counted.Count(row => row.Count > 0);
        return documents.Where(pair => pair.Value >= options.MinDocuments)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(options.MaxTerms)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select((pair, column) => (pair.Key, Column: column, Idf: Math.Log((1.0 + textual) / (1.0 + pair.Value)) + 1))
            .ToDictionary(entry => entry.Key, entry => (entry.Column, entry.Idf), StringComparer.Ordinal);
    }

    private static SparseRows Rows(Dictionary<string, double>[] counted, Dictionary<string, (int Column, double Idf)> vocabulary)
    {
        int[] starts = new int[counted.Length + 1];
        List<int> columns = [];
        List<double> values = [];
        for (int row = 0; row < counted.Length; row++)
        {
            AddRow(counted[row], vocabulary, columns, values);
            starts[row + 1] = columns.Count;
        }

        return new SparseRows(vocabulary.Count, starts, [.. columns], [.. values]);
    }

    private static void AddRow(
        Dictionary<string, double> counts, Dictionary<string, (int Column, double Idf)> vocabulary, List<int> columns, List<double> values)
    {
        (int Column, double Value)[] entries = [.. counts
            .Where(pair => vocabulary.ContainsKey(pair.Key))
            .Select(pair => (vocabulary[pair.Key].Column, Frequency(pair.Value) * vocabulary[pair.Key].Idf))
            .OrderBy(entry => entry.Column)];
        double norm = Math.Sqrt(entries.Sum(entry => entry.Value * entry.Value));
        foreach ((int column, double value) in entries)
        {
            columns.Add(column);
            values.Add(value / norm);
        }
    }

    private static double Frequency(double count) => count > 1 ? 1 + Math.Log(count) : count;
}
