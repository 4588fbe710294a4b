using System.CommandLine;
using System.Globalization;
using Aisle.Benchmarks.Files;
using Aisle.Factorization;
using Aisle.Feedback;

namespace Aisle.Benchmarks.Speed;

/// <summary>The options that the speed commands share.</summary>
internal sealed class SpeedOptions
{
    private readonly Option<string?> _pairs = new("--pairs") { Description = "user,item[,weight] file, gzip accepted, header optional, any ids" };
    private readonly Option<string?> _synthetic = new("--synthetic") { Description = "users,items,pairs: made-up power-law data instead of a file" };
    private readonly Option<bool> _weights = new("--weights") { Description = "use the third column; otherwise every pair weighs 1" };
    private readonly Option<int> _factors = Within("--factors", "width of the factors", 64, 1, 4096);
    private readonly Option<int> _iterations;
    private readonly Option<IalsSolver> _solver = new("--solver") { Description = "Automatic, Exact, ConjugateGradient or Subspace", DefaultValueFactory = _ => IalsSolver.Automatic };
    private readonly Option<int> _threads = Within("--threads", "threads; 0 for one for each processor", 0, 0, 1024);
    private readonly Option<bool> _hu = new("--confidence") { Description = "the loss of Hu and others with α 40 and λ 0.1, as other libraries default to" };

    /// <summary>Makes the options.</summary>
    /// <param name="iterations">How many iterations by default.</param>
    public SpeedOptions(int iterations = 20) => _iterations = Within("--iterations", "iterations", iterations, 1, 1000);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_pairs, _synthetic, _weights, _factors, _iterations, _solver, _threads, _hu])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>A whole number in a range, refused with its name and range.</summary>
    public static Option<int> Within(string name, string description, int value, int min, int max)
    {
        Option<int> option = new(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is int given && (given < min || given > max))
            {
                result.AddError($"{name} must be in {min} … {max}, not {given}.");
            }
        });
        return option;
    }

    /// <summary>Reads or makes the data.</summary>
    /// <exception cref="InvalidDataException">Neither a file nor sizes were given, or they cannot be read, or
    /// there is nothing in them.</exception>
    public InteractionMatrix Data(ParseResult parsed)
    {
        InteractionMatrix matrix = parsed.GetValue(_pairs) is { } path
            ? PairMatrix.Read(path, parsed.GetValue(_weights))
            : Synthetic(parsed.GetValue(_synthetic) ?? throw new InvalidDataException("Give --pairs FILE or --synthetic users,items,pairs."));
        return matrix.Count > 0 ? matrix : throw new InvalidDataException("There is no interaction in the data; give at least one user,item line.");
    }

    /// <summary>How to train.</summary>
    public IalsOptions Training(ParseResult parsed) => new()
    {
        Factors = parsed.GetValue(_factors),
        Iterations = parsed.GetValue(_iterations),
        Solver = parsed.GetValue(_solver),
        DegreeOfParallelism = parsed.GetValue(_threads),
        Parametrization = parsed.GetValue(_hu) ? IalsParametrization.ConfidenceScaled : IalsParametrization.FrequencyScaled,
        Regularization = parsed.GetValue(_hu) ? 0.1 : 0.02,
    };

    private static InteractionMatrix Synthetic(string sizes)
    {
        int[] numbers = [.. sizes.Split(',').Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0)];
        return numbers.Length == 3 && numbers.All(number => number > 0)
            ? SyntheticPairs.Make(numbers[0], numbers[1], numbers[2], seed: 1)
            : throw new InvalidDataException($"--synthetic wants three positive whole numbers, users,items,pairs, for example "
                + $"20000,5000,500000; not '{sizes}'.");
    }
}
