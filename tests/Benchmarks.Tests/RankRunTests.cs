using System.Globalization;
using Aisle.Benchmarks.Files;
using Aisle.Benchmarks.Ranking;

namespace Aisle.Benchmarks.Tests;

public sealed class RankRunTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Two halves of a catalogue; each user has six items of one half, the test holds a seventh of it.</summary>
    private static readonly PairLine[] Train = [.. Enumerable.Range(0, 40).SelectMany(user => Enumerable.Range(0, 6).Select(n => Pair(user, n)))];
    private static readonly PairLine[] Test = [.. Enumerable.Range(0, 40).Select(user => Pair(user, 6))];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_personal_model_finds_the_half_of_the_catalogue_that_a_user_likes(bool tune)
    {
        string printed = Print(Train, Test, tune, RankModel.Names, out int code);

        Assert.Equal(0, code);
        foreach (string model in RankModel.Names.Where(name => name != "popularity"))
        {
            Assert.Equal(1, HitRateOf(printed, model, k: 10), 1e-9);
        }
    }

    [Fact]
    public void Users_whom_training_does_not_know_get_what_is_popular()
    {
        string printed = Print(Train, [.. Test, new PairLine("stranger", "i0", 1, null)], tune: false, ["rp3"], out _);

        Assert.Contains("(1 of them unknown in training get popularity)", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void Items_that_only_the_test_knows_count_as_misses()
    {
        string printed = Print(Train, [new PairLine("u0", "unheard of", 1, null)], tune: false, ["itemknn"], out _);

        Assert.Equal(0, HitRateOf(printed, "itemknn", k: 10));
    }

    [Fact]
    public void Nothing_to_judge_is_said_and_is_a_failure()
    {
        string printed = Print(Train, [Train[0]], tune: false, ["popularity"], out int code);

        Assert.Equal(1, code);
        Assert.Contains("No user has a test item", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bot_a_hit_of_everybody_and_a_single_user_break_no_model()
    {
        PairLine[] bot = [.. Enumerable.Range(0, 2000).Select(n => new PairLine("bot", $"i{n % 40}", 1e9f, Start))];
        PairLine[] hit = [.. Enumerable.Range(0, 40).Select(user => new PairLine($"u{user}", "hit", 1, Start))];

        string printed = Print([.. Train, .. bot, .. hit], Test, tune: false, RankModel.Names, out _);
        string single = Print([new PairLine("a", "x", 1, null), new PairLine("a", "y", 1, null)], [new PairLine("a", "z", 1, null)], tune: true, RankModel.Names, out int code);

        Assert.Equal(0, code);
        Assert.DoesNotContain("n/a", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", printed + single, StringComparison.Ordinal);
    }

    [Fact]
    public void In_the_sampled_protocol_only_negatives_and_held_items_compete()
    {
        StringWriter output = new();
        new RankRun(output)
        {
            Train = Table(Train),
            Test = Table(Test),
            Negatives = Table([.. Enumerable.Range(0, 40).Select(user => new PairLine($"u{user}", $"i{((user + 1) % 2) + 2}", 1, null))]),
            Models = ["itemknn"],
            Cuts = [1],
        }.Print();

        Assert.Equal(1, HitRateOf(output.ToString(), "itemknn", k: 1), 1e-9);
    }

    [Theory]
    [InlineData("ten")]
    [InlineData("0")]
    [InlineData("10,,20")]
    public void Cuts_that_are_no_whole_numbers_are_refused(string text) => Assert.Throws<ArgumentException>(() => RankCommand.Cuts(text));

    [Fact]
    public void A_model_of_another_name_is_refused_with_those_there_are() =>
        Assert.Contains("itemknn", Assert.Throws<ArgumentException>(() => RankCommand.Models("magic")).Message, StringComparison.Ordinal);

    /// <summary>The n-th item of a user: of the even items for even users, of the odd ones for odd users.</summary>
    private static PairLine Pair(int user, int n) =>
        new($"u{user}", $"i{(2 * (((user / 2) + n) % 8)) + (user % 2)}", 1, Start.AddHours(n));

    private static string Print(PairLine[] train, PairLine[] test, bool tune, IReadOnlyList<string> models, out int code)
    {
        StringWriter output = new();
        code = new RankRun(output)
        {
            Train = Table(train),
            Test = Table(test),
            Models = models,
            Cuts = [10],
            Tuning = tune ? TimeSpan.FromMilliseconds(200) : null,
        }.Print();
        return output.ToString();
    }

    private static PairTable Table(PairLine[] pairs) => new(pairs, 0, null);

    private static double HitRateOf(string printed, string model, int k) => double.Parse(
        printed.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .First(fields => fields.Length > 2 && fields[0] == model && fields[1] == k.ToString(CultureInfo.InvariantCulture))[2],
        CultureInfo.InvariantCulture);
}
