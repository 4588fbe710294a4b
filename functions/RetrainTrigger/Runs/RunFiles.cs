using Aisle.Candidates.Training;
using Aisle.Ports;
using Aisle.RetrainTrigger.Steps;

namespace Aisle.RetrainTrigger.Runs;

/// <summary>What a run keeps on disk between its steps, and in memory while one process does several.</summary>
internal sealed class RunFiles(RetrainOptions options, Run run)
{
    private ModelDraft? _draft;

    /// <summary>The run's own folder.</summary>
    public string Folder { get; } = Path.Combine(options.RunsFolder, run.Id);

    /// <summary>The draft as far as it goes.</summary>
    /// <exception cref="InvalidDataException">There is none, or it is damaged: the run has to be begun anew.</exception>
    public ModelDraft Draft => _draft ??= ModelDraft.Load(Folder)
        ?? throw new InvalidDataException($"The run {run.Id} has lost its files in {Folder}; trigger a new one with \"force\": true.");

    /// <summary>Keeps a new draft.</summary>
    public void Begin(ModelDraft draft)
    {
        _draft = draft;
        Keep();
    }

    /// <summary>Keeps what the last step added.</summary>
    public void Keep() => Draft.Save(Folder);

    /// <summary>What a step left in the named parts of the draft.</summary>
    public StepOutcome Outcome(Dictionary<string, double> counts, params IEnumerable<string> parts) =>
        new(counts, Digests.OfFiles(parts.Select(part => Path.Combine(Folder, $"draft-{part}.bin"))));

    /// <summary>Throws everything away: the run has ended.</summary>
    public void Delete()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
