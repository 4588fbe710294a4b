using System.Text.Json;

namespace Aisle.Host.State;

/// <summary>How a running host is reached: what <c>host.json</c> says.</summary>
/// <param name="Pid">Its process.</param>
/// <param name="Url">Its address, without a slash at the end.</param>
internal sealed record RunningHost(int Pid, string Url)
{
    /// <summary>Says that this process serves the folder.</summary>
    public static void Announce(StateFolder folder, string url)
    {
        string temporary = folder.HostFile + ".tmp";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(new RunningHost(Environment.ProcessId, url), HostJson.Default.RunningHost));
        File.Move(temporary, folder.HostFile, overwrite: true);
    }

    /// <summary>Takes the announcement back.</summary>
    public static void Withdraw(StateFolder folder) => File.Delete(folder.HostFile);

    /// <summary>What the folder's file says, or null when there is none or it is unreadable. It may be stale: only a held lock proves a host.</summary>
    public static RunningHost? Read(StateFolder folder)
    {
        try
        {
            return File.Exists(folder.HostFile)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(folder.HostFile), HostJson.Default.RunningHost)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
