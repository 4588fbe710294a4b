using System.Globalization;
using Aisle.Benchmarks.Files;
using Aisle.Candidates.Sessions;
using Aisle.Feedback;

namespace Aisle.Benchmarks.Tables;

/// <summary>The Yoochoose click sample: sessions of some days to learn from, those of the next day to predict click by click.</summary>
/// <param name="Items">Item ids, ascending.</param>
/// <param name="Train">Past sessions.</param>
/// <param name="Test">The clicks of each later session, by its id.</param>
internal sealed record Yoochoose(Vocabulary<long> Items, IReadOnlyList<SessionClicks> Train, IReadOnlyDictionary<long, int[]> Test)
{
    /// <summary>Reads the files of a folder.</summary>
    public static Yoochoose Read(string folder)
    {
        List<Click> train = Clicks(Path.Combine(folder, "train_full.txt.gz"));
        List<Click> test = Clicks(Path.Combine(folder, "test.txt.gz"));
        Vocabulary<long> items = Vocabulary<long>.FromDistinct(train.Select(click => click.Item));
        SessionClicks[] sessions = [.. train.GroupBy(click => click.Session).Select(session => new SessionClicks(
            Indexes(items, session), DateTimeOffset.FromUnixTimeMilliseconds((long)(session.Max(click => click.At) * 1000))))];
        return new Yoochoose(items, sessions, test.GroupBy(click => click.Session).ToDictionary(session => session.Key, session => Indexes(items, session)));
    }

    private static int[] Indexes(Vocabulary<long> items, IEnumerable<Click> clicks) =>
        [.. clicks.OrderBy(click => click.At).Select(click => items.TryGetIndex(click.Item, out int index) ? index : throw new InvalidDataException($"item {click.Item} is not in training"))];

    private static List<Click> Clicks(string path)
    {
        List<Click> clicks = [];
        foreach (string line in Lines.Of(path).Skip(1))
        {
            string[] fields = line.Split('\t');
            clicks.Add(new Click(long.Parse(fields[0], CultureInfo.InvariantCulture), long.Parse(fields[1], CultureInfo.InvariantCulture), double.Parse(fields[2], CultureInfo.InvariantCulture)));
        }

        return clicks;
    }

    private readonly record struct Click(long Session, long Item, double At);
}
