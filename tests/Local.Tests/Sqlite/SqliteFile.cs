using Aisle.Local.Sqlite;
using Aisle.Testing;

namespace Aisle.Local.Tests.Sqlite;

/// <summary>A SQLite file that goes with the test.</summary>
public sealed class SqliteFile : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SqliteFile(string schema, bool isDurable = false) => Database = new SqliteDatabase(_folder.File("test.sqlite"), isDurable, schema);

    public SqliteDatabase Database { get; }

    public void Dispose()
    {
        Database.Dispose();
        _folder.Dispose();
    }
}
