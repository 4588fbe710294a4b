using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using Aisle.Candidates.Lists;
using Aisle.Ports;

namespace Aisle.RetrainTrigger.Steps;

/// <summary>Digests of what steps read and write: equal for equal content, whoever made it and how often. They find
/// accidents, not forgers (XxHash128).</summary>
internal static class Digests
{
    /// <summary>Of files, by name and content; the order given does not matter.</summary>
    public static string OfFiles(params IEnumerable<string> paths)
    {
        XxHash128 hash = new();
        foreach (string path in paths.OrderBy(Path.GetFileName, StringComparer.Ordinal))
        {
            hash.Append(Encoding.UTF8.GetBytes(Path.GetFileName(path)));
            using FileStream file = File.OpenRead(path);
            hash.Append(file);
        }

        return Text(hash);
    }

    /// <summary>Of counts, by name.</summary>
    public static string OfCounts(IReadOnlyDictionary<string, double> counts)
    {
        XxHash128 hash = new();
        foreach ((string name, double value) in counts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.Append(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name}={value:R};")));
        }

        return Text(hash);
    }

    /// <summary>Of texts, in their order; null and empty are the same.</summary>
    public static string OfTexts(params IEnumerable<string?> texts)
    {
        XxHash128 hash = new();
        foreach (string? text in texts)
        {
            hash.Append(Encoding.UTF8.GetBytes(text ?? ""));
            hash.Append([0]);
        }

        return Text(hash);
    }

    /// <summary>Of the outputs of the steps that are done: what the next step begins from.</summary>
    public static string OfOutputs(IEnumerable<RunStep> done)
    {
        XxHash128 hash = new();
        foreach (RunStep step in done)
        {
            hash.Append(Encoding.UTF8.GetBytes($"{step.Name}={step.Digest};"));
        }

        return Text(hash);
    }

    /// <summary>Adds candidate lists to a running digest.</summary>
    public static void Append(XxHash128 hash, IReadOnlyList<CandidateList> lists)
    {
        foreach (CandidateList list in lists)
        {
            hash.Append(Encoding.UTF8.GetBytes(list.User.Value));
            hash.Append([(byte)list.Strategy]);
            foreach (Candidate item in list.Items)
            {
                float score = item.Score;
                hash.Append(Encoding.UTF8.GetBytes(item.Product.Value));
                hash.Append(MemoryMarshal.AsBytes(new ReadOnlySpan<float>(in score)));
                hash.Append([(byte)item.Source]);
            }
        }
    }

    /// <summary>The digest as text: 32 hexadecimal digits.</summary>
    public static string Text(XxHash128 hash) => Convert.ToHexStringLower(hash.GetCurrentHash());
}
