using Aisle.Candidates;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Experiments;
using Aisle.Ports;
using Microsoft.Extensions.Logging;

namespace Aisle.ScoreUser;

/// <summary>What a warm instance keeps in memory: the serving model, the changes since, the experiments. Each is replaced whole, so a request sees one state and never waits.</summary>
/// <param name="candidates">Says which model serves.</param>
/// <param name="models">The bundles.</param>
/// <param name="overlay">Price and stock changes.</param>
/// <param name="experiments">The experiments.</param>
/// <param name="options">How sources are fused.</param>
/// <param name="logger">Told of models that cannot be loaded.</param>
public sealed class ServingState(
    ICandidateStore candidates, IModelStore models, IAvailabilityOverlay overlay, IExperimentStore experiments, ScoreUserOptions options,
    ILogger<ServingState> logger)
{
    private volatile ServingModel? _model;
    private volatile IReadOnlyDictionary<ProductId, Availability> _availability = new Dictionary<ProductId, Availability>();
    private volatile IReadOnlyList<Experiment> _experiments = [];
    private long _overlayVersion;

    /// <summary>The serving model; null before the first.</summary>
    public ServingModel? Model => _model;

    /// <summary>Price and stock changes by product.</summary>
    public IReadOnlyDictionary<ProductId, Availability> Availability => _availability;

    /// <summary>The running experiments.</summary>
    public IReadOnlyList<Experiment> Experiments => _experiments;

    /// <summary>Reads everything once: at start, and before a command's single request.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await RefreshModelAsync(cancellationToken);
        await RefreshAvailabilityAsync(cancellationToken);
        await RefreshExperimentsAsync(cancellationToken);
    }

    /// <summary>Follows the pointer. A bundle that is missing or damaged is never served: the model before it stays.</summary>
    public async Task RefreshModelAsync(CancellationToken cancellationToken)
    {
        ServingManifest? manifest = await candidates.ReadManifestAsync(cancellationToken);
        if (manifest is null || manifest == _model?.Manifest)
        {
            return;
        }

        try
        {
            string? folder = await models.OpenAsync(manifest.ModelVersion, cancellationToken);
            if (folder is null)
            {
                logger.LogError("The bundle {Version} is missing; the model before it goes on serving.", manifest.ModelVersion);
                return;
            }

            _model = new ServingModel(ModelBundle.Load(folder), manifest, options.Hybrid);
        }
        catch (InvalidDataException damaged)
        {
            logger.LogError(damaged, "The bundle {Version} is damaged; the model before it goes on serving.", manifest.ModelVersion);
        }
    }

    /// <summary>Takes over price and stock changes.</summary>
    public async Task RefreshAvailabilityAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Availability> changes = await overlay.ReadSinceAsync(_overlayVersion, cancellationToken);
        if (changes.Count == 0)
        {
            return;
        }

        Dictionary<ProductId, Availability> next = new(_availability);
        foreach (Availability change in changes)
        {
            next[change.Product] = change;
        }

        _availability = next;
        _overlayVersion = changes[^1].Version;
    }

    /// <summary>Takes over the running experiments.</summary>
    public async Task RefreshExperimentsAsync(CancellationToken cancellationToken) =>
        _experiments = [.. (await experiments.ReadAllAsync(cancellationToken)).Select(found => found.Value).Where(experiment => experiment.State == ExperimentState.Running)];
}
