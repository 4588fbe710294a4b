using System.Diagnostics;
using Aisle.Host.Cli;
using Aisle.Local.DuckDb;
using Aisle.Local.Workspaces;
using Aisle.Ports;
using Aisle.RetrainTrigger;
using Aisle.RetrainTrigger.Recipes;
using Aisle.RetrainTrigger.Runs;

namespace Aisle.Host.Training;

/// <summary>Works runs off in a child process of low priority once the host listens, so that whoever asks for
/// slates does not wait for a training.</summary>
/// <remarks>The warehouse belongs to this process: the child reads a snapshot of the events, and shares the other stores,
/// which several processes may open.</remarks>
internal sealed class ChildRetrainer(
    Retrainer retrainer, RunLedger ledger, DuckDbDatabase warehouse, Workspace workspace, RetrainOptions options, ILogger<ChildRetrainer> logger) : IRunWorker
{
    /// <summary>The snapshot's name in the run's folder.</summary>
    public const string Snapshot = "events.parquet";

    private volatile bool _isListening;

    /// <summary>From now on somebody may ask for slates.</summary>
    public void BeginListening() => _isListening = true;

    /// <inheritdoc/>
    public async Task<Run> RunAsync(string id, CancellationToken cancellationToken)
    {
        if (!_isListening)
        {
            return await retrainer.RunAsync(id, cancellationToken);
        }

        Run run = await FindAsync(id, cancellationToken);
        string folder = Path.Combine(options.RunsFolder, id);
        Directory.CreateDirectory(folder);
        DuckDbSnapshot.Write(warehouse, Path.Combine(folder, Snapshot), run.AsOf - options.Recipe.Feedback.Window - HoldoutSpan(), run.AsOf, cancellationToken);
        await WorkAsync(id, cancellationToken);
        return await FindAsync(id, cancellationToken);
    }

    private TimeSpan HoldoutSpan() => TimeSpan.FromDays((options.Tuning == TuningSchedule.Off ? 4 : 8) * options.HoldoutDays);

    private async Task WorkAsync(string id, CancellationToken cancellationToken)
    {
        using Process child = Process.Start(StartOf(id)) ?? throw new IOException("The child process of a retrain cannot be started.");
        Task<string> complaints = child.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await child.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            child.Kill(entireProcessTree: true);
            await child.WaitForExitAsync(CancellationToken.None);
            await ReleaseAsync(id, CancellationToken.None);
            throw;
        }

        if (child.ExitCode != 0 && (await FindAsync(id, cancellationToken)).State != RunState.Cancelled) // whose files may be swept away under it
        {
            string said = await complaints;
            logger.LogError("The child process of the run {Run} ended with {Code}: {Complaints}", id, child.ExitCode, said);
            string reason = $"Its process ended with {child.ExitCode}: {said.ReplaceLineEndings(" ").Trim()} Trigger again: the run goes "
                + "on where it stopped. The serving model goes on serving.";
            await ledger.BreakOffAsync(id, reason, cancellationToken);
        }
    }

    // The child is dead for certain, so its lease need not run out.
    private async Task ReleaseAsync(string id, CancellationToken cancellationToken) => await ledger.ReleaseAsync(await FindAsync(id, cancellationToken), cancellationToken);

    private async Task<Run> FindAsync(string id, CancellationToken cancellationToken) =>
        await ledger.FindAsync(id, cancellationToken) ?? throw new ArgumentException($"There is no run {id}.", nameof(id));

    // nice lowers every thread from the start; where there is none, the child lowers itself.
    private ProcessStartInfo StartOf(string id)
    {
        string program = Path.ChangeExtension(typeof(AisleCommand).Assembly.Location, ".dll");
        string[] work = ["dotnet", program, WorkCommand.Name, id, "--data", workspace.Folder];
        string[] all = File.Exists("/usr/bin/nice") ? ["/usr/bin/nice", "-n", "15", .. work] : work;
        ProcessStartInfo start = new(all[0], all[1..]) { RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_GCgen0size"] = "4000000"; // a small young generation leaves the caches to the neighbours
        return start;
    }
}
