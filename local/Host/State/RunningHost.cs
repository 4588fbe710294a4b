using System.Text.Json;
using Aisle.Local.Workspaces;

namespace Aisle.Host.State;

/// <summary>How a running host is reached: what <c>host.json</c> says.</summary>
/// <param name="Pid">Its process.</param>
/// <param name="Url">Its address, without a slash at the end.</param>
internal sealed record RunningHost(int Pid, string Url)
{
    /// <summary>Says that this process serves the folder.</summary>
    public static void Announce(Workspace workspace, string url)
    {
        string temporary = workspace.HostFile + ".tmp";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(new RunningHost(Environment.ProcessId, url), HostJson.Default.RunningHost));
        File.Move(temporary, workspace.HostFile, overwrite: true);
    }

    /// <summary>Takes the announcement back.</summary>
    public static void Withdraw(Workspace workspace) => File.Delete(workspace.HostFile);

    /// <summary>What the folder's file says, or null when there is none or it is unreadable. It may be stale:
    /// only a held lock proves a host.</summary>
    public static RunningHost? Read(string folder)
    {
        string path = Workspace.HostFileOf(folder);
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(path), HostJson.Default.RunningHost)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
