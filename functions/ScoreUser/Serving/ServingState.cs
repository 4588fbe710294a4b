using System.Collections.Concurrent;
using System.Text;
using Aisle.Candidates;
using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Lists;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Experiments;
using Aisle.Ports;
using Aisle.Reranking.Rules;
using Aisle.ScoreUser.Rules;
using Aisle.ScoreUser.Variants;
using Microsoft.Extensions.Logging;

namespace Aisle.ScoreUser.Serving;

/// <summary>What a warm instance keeps in memory: the serving model, the changes since, the experiments. Each is replaced whole, so a request sees one state and never waits.</summary>
/// <param name="candidates">Says which model serves.</param>
/// <param name="models">The bundles.</param>
/// <param name="overlay">Price and stock changes.</param>
/// <param name="experiments">The experiments.</param>
/// <param name="rules">The merchandisers' rules.</param>
/// <param name="fallback">Reads what is shown without a model.</param>
/// <param name="options">How sources are fused.</param>
/// <param name="logger">Told of models that cannot be loaded.</param>
public sealed class ServingState(
    ICandidateStore candidates, IModelStore models, IAvailabilityOverlay overlay, IExperimentStore experiments, IRuleStore rules, FallbackReader fallback, ScoreUserOptions options,
    ILogger<ServingState> logger)
{
    private readonly Lock _swapping = new();
    private readonly Dictionary<ProductId, Availability> _availability = [];
    private readonly ConcurrentDictionary<string, bool> _told = [];
    private VariantModels? _variantModels;
    private volatile ServingView? _view;
    private volatile IReadOnlyList<Experiment> _experiments = [];
    private volatile FallbackShelf _fallback = FallbackShelf.Empty;
    private volatile Merchandising _merchandising = Merchandising.None;
    private string? _rulesTag;
    private long _ruleReads;
    private long _rulesTurn;
    private long _overlayVersion;

    /// <summary>The serving model with what changed since; null before the first model.</summary>
    public ServingView? View => _view;

    /// <summary>The serving model; null before the first.</summary>
    public ServingModel? Model => _view?.Model;

    /// <summary>What a variant of an experiment answers from; null when it could not be loaded.</summary>
    /// <param name="version">The model's version.</param>
    public ServingView? ViewOf(string version) => View is { } view && view.Model.Manifest.ModelVersion == version ? view : _variantModels?.Find(version);

    /// <summary>How far price and stock changes are known.</summary>
    public long AvailabilityVersion => Interlocked.Read(ref _overlayVersion);

    /// <summary>What is shown before there is a model.</summary>
    public FallbackShelf Fallback => _fallback;

    /// <summary>The merchandisers' rules and calendar.</summary>
    public Merchandising Merchandising => _merchandising;

    /// <summary>The running experiments.</summary>
    public IReadOnlyList<Experiment> Experiments => _experiments;

    /// <summary>Reads everything once: at start, and before a command's single request.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await RefreshModelAsync(cancellationToken);
        await RefreshAvailabilityAsync(cancellationToken);
        await RefreshExperimentsAsync(cancellationToken);
        await RefreshRulesAsync(cancellationToken);
    }

    /// <summary>Takes over the merchandisers' rules when they changed. Rules that cannot be read are logged, and those before them hold on.</summary>
    /// <remarks>Of two reads at once the one that began later counts: a change that was just written is not taken back by an older read.</remarks>
    public async Task RefreshRulesAsync(CancellationToken cancellationToken)
    {
        long turn = Interlocked.Increment(ref _ruleReads);
        Versioned<string>? stored = await rules.ReadAsync(cancellationToken);
        lock (_swapping)
        {
            if (turn > _rulesTurn)
            {
                _rulesTurn = turn;
                TakeRules(stored);
            }
        }
    }

    /// <summary>Follows the pointer. A bundle that is missing or damaged is never served: the model before it stays.</summary>
    public async Task RefreshModelAsync(CancellationToken cancellationToken)
    {
        ServingManifest? manifest = await candidates.ReadManifestAsync(cancellationToken);
        if (manifest is null)
        {
            _fallback = await fallback.ReadAsync(cancellationToken);
            return;
        }

        if (manifest == Model?.Manifest)
        {
            return;
        }

        try
        {
            string? folder = await models.OpenAsync(manifest.ModelVersion, cancellationToken);
            if (folder is null)
            {
                logger.LogError("The bundle {Version} is missing; the model before it goes on serving.", manifest.ModelVersion);
            }
            else
            {
                ServingModel model = new(ModelBundle.Load(folder), manifest, options.Hybrid);
                model.Prepare(VariantChoice.HybridsOf(_experiments, options));
                lock (_swapping)
                {
                    _view = new ServingView(model, _availability.Values);
                }
            }
        }
        catch (InvalidDataException damaged)
        {
            logger.LogError(damaged, "The bundle {Version} is damaged; the model before it goes on serving.", manifest.ModelVersion);
        }

        if (_view is null)
        {
            _fallback = await fallback.ReadAsync(cancellationToken);
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

        lock (_swapping)
        {
            foreach (Availability change in changes)
            {
                _availability[change.Product] = change;
            }

            _view = _view?.With(changes);
            _variantModels?.Apply(changes);
        }

        _overlayVersion = changes[^1].Version;
    }

    /// <summary>Takes over the running experiments; what their variants need is prepared before a request can be assigned to one.</summary>
    public async Task RefreshExperimentsAsync(CancellationToken cancellationToken)
    {
        Experiment[] running = [.. (await experiments.ReadAllAsync(cancellationToken)).Select(found => found.Value)
            .Where(experiment => experiment.State == ExperimentState.Running).OrderBy(experiment => experiment.Key, StringComparer.Ordinal)];
        IReadOnlyCollection<HybridOptions> hybrids = VariantChoice.HybridsOf(running, options);
        Model?.Prepare(hybrids);
        _variantModels ??= new VariantModels((version, token) => LoadVariantAsync(version, token));
        await _variantModels.LoadAsync([.. VariantChoice.ModelsOf(running).Where(version => version != Model?.Manifest.ModelVersion)], hybrids, cancellationToken);
        lock (_swapping)
        {
            _variantModels.Show(_availability.Values);
        }

        _experiments = running;
    }

    /// <summary>The view of any version that is kept; null when it is not, or is damaged. Beside the serving ones it is loaded anew.</summary>
    public async Task<ServingView?> OpenAsync(string version, CancellationToken cancellationToken)
    {
        if (ViewOf(version) is { } served)
        {
            return served;
        }

        ServingModel? model = await LoadVariantAsync(version, cancellationToken);
        lock (_swapping)
        {
            return model is null ? null : new ServingView(model, _availability.Values);
        }
    }

    private void TakeRules(Versioned<string>? stored)
    {
        if (stored?.Tag == _rulesTag)
        {
            return;
        }

        _rulesTag = stored?.Tag;
        if (stored is null)
        {
            _merchandising = Merchandising.None;
        }
        else if (RuleFile.Read(Encoding.UTF8.GetBytes(stored.Value), out IReadOnlyList<string> problems) is { } read)
        {
            _merchandising = new Merchandising(read, stored.Tag);
        }
        else
        {
            logger.LogError("The merchandising rules cannot be used and those before them hold on: {Problems}", string.Join(" ", problems));
        }
    }

    private async Task<ServingModel?> LoadVariantAsync(string version, CancellationToken cancellationToken)
    {
        try
        {
            if (await models.OpenAsync(version, cancellationToken) is { } folder)
            {
                ModelBundle bundle = ModelBundle.Load(folder);
                return new ServingModel(bundle, new ServingManifest(version, null, bundle.NewestEventAt, bundle.TrainedAt, bundle.TrainedAt), options.Hybrid);
            }

            if (_told.TryAdd(version, true))
            {
                logger.LogError("The bundle {Version}, which a variant answers from, is missing; the serving model answers for it.", version);
            }
        }
        catch (Exception unusable) when (unusable is InvalidDataException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            if (_told.TryAdd(version, true))
            {
                logger.LogError(unusable, "The bundle {Version}, which a variant answers from, cannot be read; the serving model answers for it.", version);
            }
        }

        return null;
    }
}
