namespace Aisle.Testing;

/// <summary>Finds the checkout from the test's own folder.</summary>
public static class RepositoryRoot
{
    /// <summary>The folder that holds <c>Aisle.slnx</c>.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Aisle.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("No Aisle.slnx above the test's folder.");
    }
}
