namespace Aisle.Benchmarks.Files;

/// <summary>Turns what is wrong with a file or an option into one line and an exit code.</summary>
internal static class FileFaults
{
    /// <summary>Runs a command.</summary>
    /// <param name="run">The command.</param>
    /// <returns>0, or 1 after a line on the error output that names what is wrong and what would do.</returns>
    public static int Explained(Action run)
    {
        try
        {
            run();
            return 0;
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(fault.Message);
            return 1;
        }
    }
}
