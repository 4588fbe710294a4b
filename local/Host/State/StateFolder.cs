namespace Aisle.Host.State;

/// <summary>The one folder that holds all of a shop's state, and where each part of it lies.</summary>
/// <param name="path">The folder; made when missing.</param>
internal sealed class StateFolder(string path)
{
    /// <summary>The folder's absolute path.</summary>
    public string Root { get; } = Directory.CreateDirectory(path).FullName;

    /// <summary>The API keys and the pseudonym key, readable by the owner only.</summary>
    public string Keys => System.IO.Path.Combine(Root, "keys.json");

    /// <summary>Where the running host says how it is reached.</summary>
    public string HostFile => System.IO.Path.Combine(Root, "host.json");

    /// <summary>Held open by whoever has the stores open.</summary>
    public string LockFile => System.IO.Path.Combine(Root, "host.lock");

    /// <summary>How the shop was filled, and its clock.</summary>
    public string Workspace => System.IO.Path.Combine(Root, "workspace.json");
}
