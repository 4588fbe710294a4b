using System.Globalization;
using System.Text.Json;
using Aisle.AbReport.Requests;
using Aisle.Events;
using Aisle.Http;
using Aisle.Reranking;

namespace Aisle.AbReport.Estimating;

/// <summary>Reads a proposed policy, and says everything that is wrong with it.</summary>
/// <remarks><c>{"surface":"home","variant":"home-variety=control","from":…,"to":…,"exploration":0.5}</c>, or instead of exploration
/// <c>"policy":[{"position":1,"product_id":…,"probability":…}]</c>.</remarks>
/// <param name="now">Where the log ends when <c>to</c> is not given; it begins 28 days before that when <c>from</c> is not.</param>
internal sealed class PolicyRequest(DateTimeOffset now)
{
    private const int DefaultDays = 28;
    private const int MostPositions = 100;
    private const double SumTolerance = 1e-6;

    private static readonly string[] Known = ["surface", "variant", "from", "to", "exploration", "policy"];

    private readonly List<FieldProblem> _problems = [];

    /// <summary>What is wrong; empty when the policy can be used.</summary>
    public IReadOnlyList<FieldProblem> Problems => _problems;

    /// <summary>The policy; null when there are problems.</summary>
    public ProposedPolicy? Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            Add("body", "no object", "Send {\"exploration\":0} or {\"policy\":[…]}.");
            return null;
        }

        DateTimeOffset to = Instant(body, "to") ?? now;
        DateTimeOffset from = Instant(body, "from") ?? (to - DateTimeOffset.MinValue > TimeSpan.FromDays(DefaultDays) ? to.AddDays(-DefaultDays) : DateTimeOffset.MinValue);
        if (from >= to)
        {
            Add("from", $"{from:u} is not before {to:u}", "Send an earlier from or a later to.");
        }

        bool hasTable = body.TryGetProperty("policy", out JsonElement table);
        bool hasExploration = body.TryGetProperty("exploration", out JsonElement exploration);
        if (hasTable == hasExploration)
        {
            Add("policy", hasTable ? "given beside exploration" : "missing", "Send either exploration, a factor from 0, or policy, a list "
                + "of position, product_id and probability.");
        }

        _problems.AddRange(RequestFields.Unknown(body, Known, ""));
        ProposedPolicy policy = new(SurfaceOf(body), from, to)
        {
            Variant = Variant(body),
            Exploration = hasExploration ? Factor(exploration) : null,
            Table = hasTable ? Table(table) : null,
        };
        return _problems.Count == 0 ? policy : null;
    }

    private string SurfaceOf(JsonElement body)
    {
        string surface = Text(body, "surface") ?? Surface.Home.WireName();
        if (!Surfaces.Logged.Contains(surface))
        {
            Add("surface", "unknown", $"Send one of {string.Join(", ", Surfaces.Logged)}.");
        }

        return surface;
    }

    private double Factor(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double factor) && factor is >= 0 and <= 100)
        {
            return factor;
        }

        Add("exploration", "no number from 0 to 100", "Send 0 for no exploration, 2 for twice as much.");
        return 1;
    }

    private Dictionary<int, IReadOnlyDictionary<ProductId, double>> Table(JsonElement list)
    {
        Dictionary<int, Dictionary<ProductId, double>> positions = [];
        foreach ((int index, JsonElement row) in (list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default).Index())
        {
            if (Row(row) is not var (position, product, probability) || !positions.TryAdd(position, new() { [product] = probability }) && !positions[position].TryAdd(product, probability))
            {
                Add($"policy[{index}]", "incomplete, out of range or given twice", $"Send a position from 1 to {MostPositions}, a "
                    + "product_id and a probability from 0 to 1, each product once at a position.");
            }
        }

        foreach ((int position, Dictionary<ProductId, double> chances) in positions.Where(pair => Math.Abs(pair.Value.Values.Sum() - 1) > SumTolerance))
        {
            Add("policy", string.Create(CultureInfo.InvariantCulture, $"the probabilities of position {position} add up to "
                + $"{chances.Values.Sum():0.######}"), "Let those of each position add up to 1.");
        }

        if (positions.Count == 0)
        {
            Add("policy", "empty or no list", "Send a list of position, product_id and probability.");
        }

        return positions.ToDictionary(pair => pair.Key, pair => (IReadOnlyDictionary<ProductId, double>)pair.Value);
    }

    private static (int Position, ProductId Product, double Probability)? Row(JsonElement row) =>
        row.ValueKind == JsonValueKind.Object
        && row.TryGetProperty("position", out JsonElement position) && position.ValueKind == JsonValueKind.Number && position.TryGetInt32(out int rank) && rank is >= 1 and <= MostPositions
        && row.TryGetProperty("product_id", out JsonElement product) && product.ValueKind == JsonValueKind.String && product.GetString() is { } id && Identity.IsValid(id)
        && row.TryGetProperty("probability", out JsonElement probability) && probability.ValueKind == JsonValueKind.Number && probability.TryGetDouble(out double chance) && chance is >= 0 and <= 1
            ? (rank, new ProductId(id), chance)
            : null;

    private string? Variant(JsonElement body)
    {
        string? variant = Text(body, "variant");
        if (variant is not null && !variant.Contains('='))
        {
            Add("variant", $"'{variant}' names no variant of an experiment", "Send it as experiment=variant, such as home-variety=control.");
        }

        return variant;
    }

    private string? Text(JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            Add(name, "no text", "Send a surface such as home, and a variant as experiment=variant.");
            return null;
        }

        return value.GetString();
    }

    private DateTimeOffset? Instant(JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out DateTimeOffset instant))
        {
            return instant.ToUniversalTime();
        }

        Add(name, "no instant", "Send an instant such as 2026-01-05T00:00:00Z.");
        return null;
    }

    private void Add(string field, string problem, string remedy) => _problems.Add(new FieldProblem(field, problem, remedy));
}
