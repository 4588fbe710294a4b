// A process that is made to be killed. It fills the shop when it is empty, triggers a retrain and works it off; at the
// given point it ends itself by SIGKILL. Arguments: folder, number of the process (its clock stands that many times
// three minutes after the first one's), point.
using System.Globalization;
using Aisle.Candidates.Training;
using Aisle.Factorization;
using Aisle.Local;
using Aisle.Local.Sqlite;
using Aisle.Local.Workspaces;
using Aisle.Ports;
using Aisle.Privacy;
using Aisle.RetrainTrigger;
using Aisle.RetrainTrigger.Runs;
using Aisle.RetrainVictim;
using Microsoft.Extensions.DependencyInjection;

StoppedClock clock = new(VictimShop.Start.AddMinutes(3 * int.Parse(args[1], CultureInfo.InvariantCulture)));
using Workspace workspace = Workspace.TryOpen(args[0]) ?? throw new IOException($"{args[0]} is held by another process.");
RetrainOptions options = new()
{
    RunsFolder = workspace.RunsFolder,
    Recipe = new ModelRecipe { Factors = new IalsOptions { Factors = 8, Iterations = 3 } },
};
await using ServiceProvider services = new ServiceCollection()
    .AddLogging()
    .AddSingleton(new Pseudonymizer(new byte[32]))
    .AddLocalStores(workspace, new LocalOptions { WallClock = clock })
    .AddRetrainTrigger(options)
    .AddSingleton<IRunStore>(provider => new KillingRunStore(new SqliteRunStore(provider.GetRequiredService<SqliteDatabase>()), args[2]))
    .BuildServiceProvider();

ICatalogueStore catalogue = services.GetRequiredService<ICatalogueStore>();
if (await catalogue.FindAsync(VictimShop.Catalogue[0].Id, CancellationToken.None) is null)
{
    await services.GetRequiredService<IEventWarehouse>().AppendAsync(VictimShop.Events, CancellationToken.None);
    await services.GetRequiredService<IProfileStore>().WriteAsync(VictimShop.Profiles, CancellationToken.None);
    await catalogue.UpsertAsync(VictimShop.Catalogue, CancellationToken.None);
}

if (await services.GetRequiredService<RunLedger>().TriggerAsync(isForced: false, CancellationToken.None) is TriggerOutcome.Started started)
{
    Run run = await services.GetRequiredService<Retrainer>().RunAsync(started.Run.Id, CancellationToken.None);
    await Console.Out.WriteLineAsync($"{run.State}: {string.Join(' ', run.Reasons)}");
}
