using System.Text.Json.Nodes;
using Aisle.Local.DuckDb;
using Aisle.Numerics;
using Aisle.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.Local.Tests.PortableSql;

/// <summary>Several random histories, every portable query run over each on both engines, once for all tests.</summary>
public sealed class PortableQueryFixture : IAsyncLifetime
{
    private const int Histories = 6;
    private const int DrawsPerHistory = 2;

    private readonly TemporaryFolder _folder = new();
    private readonly List<PortableRun> _runs = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Why the evaluator could not be run; null when it was.</summary>
    public string? ReasonForAbsence { get; private set; }

    /// <summary>Everything that was run.</summary>
    internal IReadOnlyList<PortableRun> Runs => _runs;

    public async ValueTask InitializeAsync()
    {
        ReasonForAbsence = await ReferenceEvaluator.ReasonForAbsenceAsync(Token);
        if (ReasonForAbsence is not null)
        {
            return;
        }

        JsonArray datasets = [];
        for (int seed = 0; seed < Histories; seed++)
        {
            using DuckDbDatabase database = new(_folder.File($"{seed}.duckdb"), 1, new FakeTimeProvider());
            await new RandomHistory((ulong)seed).WriteAsync(database, Token);
            datasets.Add((JsonNode)WarehouseTables.Read(database));
            await RunAsync(new DuckDbEventWarehouse(database), seed);
        }

        await EvaluateAsync(datasets);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task RunAsync(DuckDbEventWarehouse warehouse, int seed)
    {
        foreach (PortableCase portable in PortableCases.All)
        {
            for (int draw = 0; draw < DrawsPerHistory; draw++)
            {
                IReadOnlyDictionary<string, object> parameters = portable.Draw(SeededRandom.Derive((ulong)seed, (ulong)draw));
                List<object?[]> rows = await warehouse.QueryAsync(portable.Query, parameters, Token).ToListAsync(Token);
                _runs.Add(new PortableRun($"{portable.Query.Name}, history {seed}, draw {draw}", portable, seed, parameters, rows));
            }
        }
    }

    private async Task EvaluateAsync(JsonArray datasets)
    {
        JsonObject job = new() { ["datasets"] = datasets, ["cases"] = new JsonArray([.. _runs.Select(run => run.ToJob())]) };
        IReadOnlyDictionary<string, EvaluatedAnswer> answers = await ReferenceEvaluator.RunAsync(job, Token);
        foreach (PortableRun run in _runs)
        {
            run.Answer = answers[run.Name];
        }
    }
}
