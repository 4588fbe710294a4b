namespace Aisle.Local.Import.Reading;

/// <summary>Numbers equal lines of one group, so that each gets an id of its own, the same on each import.</summary>
/// <remarks>Remembers the latest groups only: lines of a group lie close together in a file.</remarks>
internal sealed class OccurrenceCounter
{
    private const int RememberedGroups = 4_096;

    private readonly Dictionary<string, Dictionary<string, int>> _groups = [];
    private readonly Queue<string> _order = [];

    /// <summary>How many times the line came before within its group: 0 for the first.</summary>
    public int Next(string group, string line)
    {
        if (!_groups.TryGetValue(group, out Dictionary<string, int>? lines))
        {
            _groups[group] = lines = [];
            _order.Enqueue(group);
            if (_order.Count > RememberedGroups)
            {
                _groups.Remove(_order.Dequeue());
            }
        }

        int before = lines.GetValueOrDefault(line);
        lines[line] = before + 1;
        return before;
    }
}
