using Aisle.Local.Workspaces;

namespace Aisle.Host.Cli;

/// <summary>Opens workspaces with complaints that a user understands.</summary>
internal static class OwnedWorkspace
{
    /// <summary>Passes what holds a whole shop, or nothing yet.</summary>
    /// <exception cref="UsageException">An import or a simulation broke off; the workspace is closed.</exception>
    public static void RefuseBrokenOff(Workspace workspace)
    {
        if (workspace.Info.BrokenOff is { } filler)
        {
            workspace.Dispose();
            throw BrokenOff(workspace.Folder, filler);
        }
    }

    /// <summary>Passes an importer where nothing broke off, or what it began itself: that is made whole by it, and by nothing else.</summary>
    /// <exception cref="UsageException">Something else began to fill the folder and broke off.</exception>
    public static void RefuseOther(Workspace workspace, string importer)
    {
        if (workspace.Info.BrokenOff is { } filler && filler != importer)
        {
            throw BrokenOff(workspace.Folder, filler);
        }
    }

    private static UsageException BrokenOff(string folder, string filler) => new(
        "--data", $"in {folder} {filler} broke off, so there is no whole shop",
        filler == "simulation" ? "Simulate into another folder." : "Import its file again: what is there already counts once. Or name another folder.");

    /// <summary>The workspace, owned by this process; null when another process owns it.</summary>
    /// <exception cref="UsageException">The folder's own description is damaged, or the folder may not be written to.</exception>
    public static Workspace? TryOpen(string folder)
    {
        try
        {
            return Workspace.TryOpen(folder);
        }
        catch (InvalidDataException damaged)
        {
            throw new UsageException("--data", damaged.Message.TrimEnd('.'), "Or name another folder.");
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new UsageException("--data", $"{folder} cannot be written to ({refused.Message.TrimEnd('.')})", "Name a folder that you may write to.");
        }
    }
}
