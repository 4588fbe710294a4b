using System.Text.Json;

namespace Aisle.Local.Workspaces;

/// <summary>One state folder: where each file lies, what the workspace knows of itself, and that only one process owns it.</summary>
public sealed class Workspace : IDisposable
{
    private readonly FileStream? _owner;

    private Workspace(string folder, FileStream? owner, WorkspaceInfo info)
    {
        Folder = folder;
        _owner = owner;
        Info = info;
    }

    /// <summary>The folder's full path.</summary>
    public string Folder { get; }

    /// <summary>What the workspace knows of itself.</summary>
    public WorkspaceInfo Info { get; private set; }

    /// <summary>The history: DuckDB.</summary>
    public string WarehouseFile => Path.Combine(Folder, "warehouse.duckdb");

    /// <summary>Features, candidates, catalogue, experiments, runs: SQLite.</summary>
    public string StateFile => Path.Combine(Folder, "state.sqlite");

    /// <summary>The event queue and what was parked: SQLite, durable.</summary>
    public string QueueFile => Path.Combine(Folder, "queue.sqlite");

    /// <summary>The model bundles, one folder a version.</summary>
    public string ModelsFolder => Path.Combine(Folder, "models");

    /// <summary>Intermediate files of retraining runs, one folder a run.</summary>
    public string RunsFolder => Path.Combine(Folder, "runs");

    /// <summary>API keys and the pseudonym key; readable by the owner alone.</summary>
    public string KeysFile => KeysFileOf(Folder);

    /// <summary>Where a running host says how it is reached.</summary>
    public string HostFile => HostFileOf(Folder);

    private string InfoFile => InfoFileOf(Folder);

    /// <summary>Where the keys of a folder lie, without opening the folder.</summary>
    public static string KeysFileOf(string folder) => Path.Combine(folder, "keys.json");

    /// <summary>Whether a shop was made or imported in a folder.</summary>
    public static bool HoldsShop(string folder) => File.Exists(InfoFileOf(folder));

    /// <summary>Whether anybody ever opened the folder: what was not is no shop, and not about to become one.</summary>
    public static bool WasOpened(string folder) => HoldsShop(folder) || Path.Exists(OwnerFileOf(folder));

    /// <summary>Where the running host of a folder says how it is reached, without opening the folder.</summary>
    public static string HostFileOf(string folder) => Path.Combine(folder, "host.json");

    /// <summary>Opens the folder for this process alone; makes it when missing.</summary>
    /// <returns>Null when another process owns it: ask that process over HTTP instead.</returns>
    /// <exception cref="InvalidDataException"><c>workspace.json</c> cannot be read.</exception>
    public static Workspace? TryOpen(string folder)
    {
        string full = Path.GetFullPath(folder);
        Directory.CreateDirectory(full);
        FileStream owner;
        try
        {
            owner = new FileStream(OwnerFileOf(full), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }

        return new Workspace(full, owner, ReadInfo(InfoFileOf(full)));
    }

    /// <summary>Opens the folder beside the process that owns it: for a child that the owner started, which may use
    /// what several processes may open.</summary>
    /// <exception cref="InvalidDataException"><c>workspace.json</c> cannot be read.</exception>
    public static Workspace Join(string folder)
    {
        string full = Path.GetFullPath(folder);
        return new Workspace(full, null, ReadInfo(InfoFileOf(full)));
    }

    /// <summary>Writes down what the workspace knows of itself; whole or not at all.</summary>
    public void Save(WorkspaceInfo info)
    {
        string part = InfoFile + ".part";
        File.WriteAllBytes(part, JsonSerializer.SerializeToUtf8Bytes(info, WorkspaceJson.Default.WorkspaceInfo));
        File.Move(part, InfoFile, overwrite: true);
        Info = info;
    }

    /// <inheritdoc/>
    public void Dispose() => _owner?.Dispose();

    private static string OwnerFileOf(string folder) => Path.Combine(folder, "owner.lock");

    private static string InfoFileOf(string folder) => Path.Combine(folder, "workspace.json");

    private static WorkspaceInfo ReadInfo(string file)
    {
        try
        {
            return File.Exists(file)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(file), WorkspaceJson.Default.WorkspaceInfo) ?? new WorkspaceInfo()
                : new WorkspaceInfo();
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{file} cannot be read ({broken.Message}). Correct it, restore it from a copy, or begin with another folder.", broken);
        }
    }
}
