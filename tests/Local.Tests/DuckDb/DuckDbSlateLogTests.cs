using Aisle.Local.DuckDb;
using Aisle.Ports;
using Aisle.Testing;
using Aisle.Testing.Contracts;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.Local.Tests.DuckDb;

public sealed class DuckDbSlateLogTests : SlateLogContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DuckDbDatabase _database;

    public DuckDbSlateLogTests() => _database = new DuckDbDatabase(_folder.File("warehouse.duckdb"), 1, new FakeTimeProvider());

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    protected override Task<(ISlateLog Log, IEventWarehouse Warehouse)> CreateAsync() =>
        Task.FromResult<(ISlateLog, IEventWarehouse)>((new DuckDbSlateLog(_database), new DuckDbEventWarehouse(_database)));
}
