using Aisle.Local.Workspaces;

namespace Aisle.Host.Cli;

/// <summary>Opens workspaces with complaints that a user understands.</summary>
internal static class OwnedWorkspace
{
    /// <summary>The workspace, owned by this process; null when another process owns it.</summary>
    /// <exception cref="UsageException">The folder's own description is damaged.</exception>
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
    }
}
