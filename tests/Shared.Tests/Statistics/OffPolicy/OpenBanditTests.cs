using System.Globalization;
using System.IO.Compression;
using Aisle.Statistics.OffPolicy;

namespace Aisle.Tests.Statistics.OffPolicy;

/// <summary>Two policies that really ran side by side in a shop (ZOZOTOWN, Saito and others 2021): each is evaluated on the log of the
/// other, and the truth is known from its own log.</summary>
public sealed class OpenBanditTests
{
    private const int Positions = 3;
    private const int Items = 34;

    // Both sides are estimates; three standard errors of their difference.
    private const double MostErrors = 3;

    [Fact]
    public void The_uniform_policy_is_evaluated_on_the_log_of_thompson_sampling()
    {
        LoggedAction[] random = Read("random_men");
        TargetPolicy uniform = new(Positions, Items, [.. Enumerable.Repeat(1.0 / Items, Positions * Items)]);

        OffPolicyEvaluation got = OffPolicyEvaluation.Of(uniform.Weigh(Read("bts_men"), 5), new OffPolicyOptions());

        HoldsTheTruth(got, random);
    }

    [Fact]
    public void Thompson_sampling_is_evaluated_on_the_uniform_log()
    {
        LoggedAction[] sampled = Read("bts_men");

        OffPolicyEvaluation got = OffPolicyEvaluation.Of(Shares(sampled).Weigh(Read("random_men"), 5), new OffPolicyOptions());

        Assert.Equal(1, got.SupportShare!.Value, 1e-12);
        HoldsTheTruth(got, sampled);
    }

    [Fact]
    public void A_policy_that_shows_what_was_taken_from_the_log_is_refused()
    {
        LoggedAction[] log = [.. Read("random_men").Where(shown => shown.Action >= 3)];
        TargetPolicy uniform = new(Positions, Items, [.. Enumerable.Repeat(1.0 / Items, Positions * Items)]);

        OffPolicyEvaluation got = OffPolicyEvaluation.Of(uniform.Weigh(log, 5), new OffPolicyOptions());

        Assert.Equal(OffPolicyStatus.NoSupport, got.Status);
        Assert.Equal(1 - (3.0 / Items), got.SupportShare!.Value, 1e-12);
    }

    private static void HoldsTheTruth(OffPolicyEvaluation got, LoggedAction[] truth)
    {
        double rate = truth.Average(shown => shown.Reward);
        double error = Math.Sqrt(rate * (1 - rate) / truth.Length);

        Assert.True(got.Status == OffPolicyStatus.Ok, got.Problem);
        Assert.All([got.Ips!, got.SelfNormalised!, got.DoublyRobust!], value =>
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{value.Value:0.00000} ± {value.StandardError:0.00000}, truth {rate:0.00000} "
                + $"± {error:0.00000}, effective {got.EffectiveDecisions:0}");
            Assert.True(Math.Abs(value.Value - rate) <= MostErrors * Math.Sqrt((error * error) + (value.StandardError * value.StandardError)));
        });
    }

    // Thompson sampling here looks at no context: its chances are its shares of the log by position.
    private static TargetPolicy Shares(LoggedAction[] log)
    {
        double[] shares = new double[Positions * Items];
        foreach (IGrouping<int, LoggedAction> position in log.GroupBy(shown => shown.Stratum))
        {
            foreach (LoggedAction shown in position)
            {
                shares[(position.Key * Items) + shown.Action] += 1.0 / position.Count();
            }
        }

        return new TargetPolicy(Positions, Items, shares);
    }

    private static LoggedAction[] Read(string name)
    {
        string? path = Folders(GoldenFolders.Repository)
            .Select(folder => Path.Combine(folder, "shared", "data", "open_bandit_small", name + ".csv.gz")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, "needs the Open Bandit sample; put the folder shared/data beside the checkout to run it");

        using StreamReader reader = new(new GZipStream(File.OpenRead(path!), CompressionMode.Decompress));
        reader.ReadLine();
        List<LoggedAction> log = [];
        while (reader.ReadLine() is { } line)
        {
            // timestamp, item, position from 1, click, propensity; no user is named, so each row stands for itself.
            string[] cells = line.Split(',', 6);
            log.Add(new LoggedAction(
                log.Count, int.Parse(cells[2], CultureInfo.InvariantCulture) - 1, int.Parse(cells[1], CultureInfo.InvariantCulture),
                double.Parse(cells[3], CultureInfo.InvariantCulture), double.Parse(cells[4], CultureInfo.InvariantCulture)));
        }

        return [.. log];
    }

    private static IEnumerable<string> Folders(string inner)
    {
        for (DirectoryInfo? folder = Directory.GetParent(inner); folder is not null; folder = folder.Parent)
        {
            yield return folder.FullName;
        }
    }
}
