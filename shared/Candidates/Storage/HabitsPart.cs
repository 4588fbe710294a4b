using Aisle.Candidates.Sessions;

namespace Aisle.Candidates.Storage;

/// <summary>Visits and intervals of re-ordering.</summary>
internal static class HabitsPart
{
    /// <summary>Writes both.</summary>
    public static void Write(PartWriter writer, ShopHabits habits)
    {
        writer.Array<long>([.. habits.Sessions.Select(session => session.EndedAt.UtcTicks)]);
        writer.Array<int>([.. habits.Sessions.Select(session => session.Items.Count)]);
        writer.Array<int>([.. habits.Sessions.SelectMany(session => session.Items)]);
        KeyValuePair<string, double>[] reorders = [.. habits.Reorders.Days.OrderBy(entry => entry.Key, StringComparer.Ordinal)];
        writer.Texts([.. reorders.Select(entry => entry.Key)]);
        writer.Array<double>([.. reorders.Select(entry => entry.Value)]);
    }

    /// <summary>Reads both.</summary>
    public static ShopHabits Read(PartReader reader)
    {
        long[] ends = reader.Array<long>();
        int[] lengths = reader.Array<int>();
        int[] items = reader.Array<int>();
        SessionClicks[] sessions = new SessionClicks[ends.Length];
        for (int index = 0, start = 0; index < sessions.Length; start += lengths[index++])
        {
            sessions[index] = new SessionClicks(items[start..(start + lengths[index])], new DateTimeOffset(ends[index], TimeSpan.Zero));
        }

        string?[] categories = reader.Texts();
        double[] days = reader.Array<double>();
        return new ShopHabits(sessions, new ReorderIntervals(categories.Zip(days).ToDictionary(entry => entry.First!, entry => entry.Second)));
    }
}
