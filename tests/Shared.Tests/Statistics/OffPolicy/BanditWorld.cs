using Aisle.Numerics;
using Aisle.Statistics.OffPolicy;

namespace Aisle.Tests.Statistics.OffPolicy;

/// <summary>Shoppers whose tastes are known: the true value of every policy can be computed, not only estimated.</summary>
internal sealed class BanditWorld
{
    public const int Strata = 3;
    public const int Actions = 6;
    private const int DecisionsPerUser = 3;

    private readonly double[] _clickRates = new double[Strata * Actions];
    private readonly double[] _logging;

    public BanditWorld()
    {
        SeededRandom random = new(7);
        for (int cell = 0; cell < _clickRates.Length; cell++)
        {
            _clickRates[cell] = 0.02 + (0.25 * random.NextDouble());
        }

        _logging = Softmax(-4);
        Target = new TargetPolicy(Strata, Actions, Softmax(6));
    }

    /// <summary>Shows what shoppers like more often than the logged policy does, which rather shows the opposite.</summary>
    public TargetPolicy Target { get; }

    /// <summary>The target's true reward a decision; every stratum is equally likely.</summary>
    public double TrueValue => Enumerable.Range(0, _clickRates.Length).Sum(cell => Target.Row(cell / Actions)[cell % Actions] * _clickRates[cell]) / Strata;

    /// <summary>A log of the running policy; users like clicking more or less, so that their decisions hang together.</summary>
    public LoggedAction[] Log(int users, SeededRandom random)
    {
        LoggedAction[] log = new LoggedAction[users * DecisionsPerUser];
        for (int i = 0; i < log.Length; i++)
        {
            int user = i / DecisionsPerUser;
            double eagerness = user % 2 == 0 ? 0.5 : 1.5;
            int stratum = random.NextInt(Strata);
            int action = Draw(stratum, random);
            int cell = (stratum * Actions) + action;
            log[i] = new LoggedAction(user, stratum, action, random.NextDouble() < eagerness * _clickRates[cell] ? 1 : 0, _logging[cell]);
        }

        return log;
    }

    private int Draw(int stratum, SeededRandom random)
    {
        double left = random.NextDouble();
        for (int action = 0; action < Actions - 1; action++)
        {
            left -= _logging[(stratum * Actions) + action];
            if (left < 0)
            {
                return action;
            }
        }

        return Actions - 1;
    }

    private double[] Softmax(double sharpness)
    {
        double[] probabilities = [.. _clickRates.Select(rate => Math.Exp(sharpness * rate))];
        double[] sums = [.. Enumerable.Range(0, Strata).Select(stratum => probabilities.Skip(stratum * Actions).Take(Actions).Sum())];
        return [.. probabilities.Select((value, cell) => value / sums[cell / Actions])];
    }
}
