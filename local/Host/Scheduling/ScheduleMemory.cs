using System.Text.Json;
using Aisle.Host.State;

namespace Aisle.Host.Scheduling;

/// <summary>Which time of each job was served last, kept in a file, so that a restart forgets none and repeats none.</summary>
/// <param name="path">The file; a damaged one counts as none.</param>
internal sealed class ScheduleMemory(string path)
{
    private readonly Dictionary<string, DateTimeOffset> _last = Read(path);

    /// <summary>The last time of a job that was served; null when the job is new.</summary>
    public DateTimeOffset? Find(string job) => _last.TryGetValue(job, out DateTimeOffset last) ? last : null;

    /// <summary>Remembers a time; whole or not at all.</summary>
    public void Keep(string job, DateTimeOffset served)
    {
        _last[job] = served;
        File.WriteAllBytes(path + ".tmp", JsonSerializer.SerializeToUtf8Bytes(_last, HostJson.Default.DictionaryStringDateTimeOffset));
        File.Move(path + ".tmp", path, overwrite: true);
    }

    private static Dictionary<string, DateTimeOffset> Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), HostJson.Default.DictionaryStringDateTimeOffset) ?? [] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
