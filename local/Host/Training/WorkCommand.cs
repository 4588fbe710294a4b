using System.CommandLine;
using System.Diagnostics;
using Aisle.Host.Cli;
using Aisle.Host.Output;
using Aisle.Host.Serving;
using Aisle.Host.State;
using Aisle.Local;
using Aisle.Local.DuckDb;
using Aisle.Local.Workspaces;
using Aisle.Ports;
using Aisle.Privacy;
using Aisle.RetrainTrigger;
using Aisle.RetrainTrigger.Runs;

namespace Aisle.Host.Training;

/// <summary><c>work-run RUN</c>, hidden: the child process of a retrain. The host that owns the folder starts it
/// and goes on serving.</summary>
internal sealed class WorkCommand(CommonOptions common, Screen screen)
{
    /// <summary>What it is called.</summary>
    public const string Name = "work-run";

    private readonly Argument<string> _run = new("run") { Description = "The run." };

    /// <summary>The command.</summary>
    public Command Build()
    {
        Command command = new(Name, "Works a run off for the host that started this process.") { _run };
        command.Hidden = true;
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using CancellationTokenSource orphaned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task parent = WatchParentAsync(orphaned, cancellationToken);
        Lower();
        using Workspace workspace = Workspace.Join(common.FolderOf(parsed));
        string id = parsed.GetRequiredValue(_run);
        await using ServiceProvider services = Services(workspace, Path.Combine(workspace.RunsFolder, id, ChildRetrainer.Snapshot));
        Run run = await services.GetRequiredService<Retrainer>().RunAsync(id, orphaned.Token);
        screen.Line($"Run {run.Id}: {run.State}.");
        return parent.IsFaulted ? 1 : 0;
    }

    private static ServiceProvider Services(Workspace workspace, string snapshot) => new ServiceCollection()
        .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning))
        .AddLocalStores(workspace, new LocalOptions { WallClock = TimeProvider.System })
        .AddSingleton(_ => DuckDbSnapshot.Open(snapshot, threads: 0, TimeProvider.System))
        .AddSingleton(new Pseudonymizer(KeyFile.LoadOrCreate(workspace.Folder).PseudonymBytes()))
        .AddRetrainTrigger(ShopServices.RetrainOptionsOf(workspace))
        .BuildServiceProvider();

    private static void Lower()
    {
        using Process self = Process.GetCurrentProcess();
        try
        {
            self.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return; // already lower, and nobody may raise it
        }
    }

    // The pipe from the parent ends when the parent does: nobody is left who wants the run, and another process may own the folder soon.
    private static async Task WatchParentAsync(CancellationTokenSource orphaned, CancellationToken cancellationToken)
    {
        await using Stream input = Console.OpenStandardInput();
        byte[] nothing = new byte[1];
        while (await input.ReadAsync(nothing, cancellationToken) > 0)
        {
            continue;
        }

        await orphaned.CancelAsync();
    }
}
