namespace Aisle.Host.State;

/// <summary>The right to open a folder's stores: one process at a time has it, and the system takes it back when the process dies, however it dies.</summary>
internal sealed class StateLock : IDisposable
{
    private readonly FileStream _file;

    private StateLock(FileStream file) => _file = file;

    /// <summary>Takes the right, or returns null when another process has it.</summary>
    public static StateLock? TryTake(StateFolder folder)
    {
        try
        {
            return new StateLock(new FileStream(folder.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Gives the right back.</summary>
    public void Dispose() => _file.Dispose();
}
