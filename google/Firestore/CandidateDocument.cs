using Aisle.Candidates.Lists;
using Aisle.Candidates.Shoppers;
using Aisle.Events;
using Aisle.Events.Features;

namespace Aisle.GoogleCloud.Firestore;

/// <summary>How a candidate list stands in a document: three parallel arrays, because names of fields are paid
/// for in each of 100 maps.</summary>
internal static class CandidateDocument
{
    /// <summary>The fields of a list; <c>expire_at</c> is the collection group's time-to-live field.</summary>
    public static Dictionary<string, object?> Encode(string modelVersion, CandidateList list) => new()
    {
        ["user_id"] = list.User.Value,
        ["model_version"] = modelVersion,
        ["strategy"] = list.Strategy.ToString(),
        ["products"] = list.Items.Select(item => item.Product.Value).ToArray(),
        ["scores"] = list.Items.Select(item => item.Score).ToArray(),
        ["sources"] = list.Items.Select(item => item.Source.ToString()).ToArray(),
        ["generated_at"] = list.GeneratedAt,
        ["expire_at"] = list.GeneratedAt + SessionFeatures.TimeToLive,
    };

    /// <summary>The list of a document, or null when it has expired: Firestore removes such documents a day later or
    /// so, and hands them out until then.</summary>
    public static CandidateList? Live(DocumentFields document, DateTimeOffset now) => document.Instant("expire_at") > now ? Decode(document) : null;

    /// <summary>The list of a document.</summary>
    /// <exception cref="InvalidDataException">A field is missing or of another type, or the arrays are not equally long.</exception>
    public static CandidateList Decode(DocumentFields document)
    {
        IReadOnlyList<string> products = document.List<string>("products");
        IReadOnlyList<double> scores = document.List<double>("scores");
        IReadOnlyList<string> sources = document.List<string>("sources");
        if (products.Count != scores.Count || products.Count != sources.Count)
        {
            throw new InvalidDataException("The arrays of a candidate list are not equally long; train anew.");
        }

        return new CandidateList(
            new UserId(document.Text("user_id")),
            document.Word<Strategy>("strategy"),
            [.. products.Select((product, i) => new Candidate(new ProductId(product), (float)scores[i], Source(sources[i])))],
            document.Instant("generated_at"));
    }

    private static CandidateSource Source(string name) => Enum.TryParse(name, out CandidateSource source)
        ? source
        : throw new InvalidDataException($"\"{name}\" is no source of candidates; a newer version wrote the list.");
}
