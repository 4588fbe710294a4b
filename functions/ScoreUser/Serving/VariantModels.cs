using Aisle.Candidates.Hybrid;
using Aisle.Catalogue;

namespace Aisle.ScoreUser.Serving;

/// <summary>The models that variants of running experiments answer from instead of the serving one. Replaced whole, so a request sees one state and never waits.</summary>
/// <param name="load">Loads a version; null when there is none that can be served.</param>
internal sealed class VariantModels(Func<string, CancellationToken, Task<ServingModel?>> load)
{
    private readonly Dictionary<string, ServingModel> _models = [];
    private volatile Dictionary<string, ServingView> _views = [];

    /// <summary>The view of a version; null when it is not loaded.</summary>
    public ServingView? Find(string version) => _views.GetValueOrDefault(version);

    /// <summary>Loads what is wanted and lets go of what is not; nothing is served before <see cref="Show"/>. A version that cannot be loaded is tried again the next time.</summary>
    /// <param name="wanted">The versions.</param>
    /// <param name="hybrids">The ways of fusing that they will be asked for.</param>
    /// <param name="cancellationToken">Gives up; what was there stays.</param>
    public async Task LoadAsync(IReadOnlyCollection<string> wanted, IReadOnlyCollection<HybridOptions> hybrids, CancellationToken cancellationToken)
    {
        foreach (string version in _models.Keys.Except(wanted).ToArray())
        {
            _models.Remove(version);
        }

        foreach (string version in wanted.Where(version => !_models.ContainsKey(version)))
        {
            if (await load(version, cancellationToken) is { } model)
            {
                _models[version] = model;
            }
        }

        foreach (ServingModel model in _models.Values)
        {
            model.Prepare(hybrids);
        }
    }

    /// <summary>Serves what is loaded, with the price and stock changes known so far.</summary>
    public void Show(IReadOnlyCollection<Availability> changes)
    {
        if (_models.Count > 0 || _views.Count > 0)
        {
            _views = _models.ToDictionary(model => model.Key, model => Find(model.Key) is { } view && view.Model == model.Value ? view : new ServingView(model.Value, changes));
        }
    }

    /// <summary>Takes over further price and stock changes.</summary>
    public void Apply(IReadOnlyCollection<Availability> changes)
    {
        if (_views.Count > 0)
        {
            _views = _views.ToDictionary(view => view.Key, view => view.Value.With(changes));
        }
    }
}
