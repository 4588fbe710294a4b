using System.CommandLine;
using Aisle.Benchmarks.Files;
using Aisle.Factorization;
using Aisle.Feedback;

namespace Aisle.Benchmarks.Speed;

/// <summary>The options that <c>train</c> and <c>recommend</c> share.</summary>
internal sealed class SpeedOptions
{
    private readonly Option<string?> _pairs = new("--pairs") { Description = "user,item[,weight] file, gzip accepted, header optional" };
    private readonly Option<string?> _synthetic = new("--synthetic") { Description = "users,items,pairs: made-up power-law data instead of a file" };
    private readonly Option<bool> _weights = new("--weights") { Description = "use the third column; otherwise every pair weighs 1" };
    private readonly Option<int> _factors = new("--factors") { Description = "width of the factors", DefaultValueFactory = _ => 64 };
    private readonly Option<int> _iterations = new("--iterations") { Description = "iterations", DefaultValueFactory = _ => 20 };
    private readonly Option<IalsSolver> _solver = new("--solver") { Description = "Exact or ConjugateGradient", DefaultValueFactory = _ => IalsSolver.Automatic };
    private readonly Option<bool> _hu = new("--confidence") { Description = "the loss of Hu and others with α 40 and λ 0.1, as other libraries default to" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_pairs, _synthetic, _weights, _factors, _iterations, _solver, _hu])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads or makes the data.</summary>
    /// <exception cref="InvalidDataException">Neither a file nor sizes were given, or they cannot be read.</exception>
    public InteractionMatrix Data(ParseResult parsed)
    {
        if (parsed.GetValue(_pairs) is { } path)
        {
            return PairMatrix.Read(path, parsed.GetValue(_weights));
        }

        int[] sizes = [.. (parsed.GetValue(_synthetic) ?? throw new InvalidDataException("Give --pairs FILE or --synthetic users,items,pairs."))
            .Split(',').Select(text => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];
        return SyntheticPairs.Make(sizes[0], sizes[1], sizes[2], seed: 1);
    }

    /// <summary>How to train.</summary>
    public IalsOptions Training(ParseResult parsed) => new()
    {
        Factors = parsed.GetValue(_factors),
        Iterations = parsed.GetValue(_iterations),
        Solver = parsed.GetValue(_solver),
        Parametrization = parsed.GetValue(_hu) ? IalsParametrization.ConfidenceScaled : IalsParametrization.FrequencyScaled,
        Regularization = parsed.GetValue(_hu) ? 0.1 : 0.02,
    };
}
