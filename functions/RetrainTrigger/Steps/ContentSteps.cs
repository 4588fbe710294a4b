using Aisle.Candidates;
using Aisle.Candidates.Lists;
using Aisle.Candidates.Training;
using Aisle.Ports;
using Aisle.RetrainTrigger.Runs;

namespace Aisle.RetrainTrigger.Steps;

/// <summary>What a content run takes over from the serving model: its item factors, and its age, for it learns
/// nothing new of shoppers.</summary>
/// <param name="candidates">Says which model serves.</param>
/// <param name="models">The bundles.</param>
public sealed class ContentSteps(ICandidateStore candidates, IModelStore models)
{
    /// <summary>The serving model's manifest.</summary>
    /// <exception cref="RunFailedException">No model serves.</exception>
    public async Task<ServingManifest> ServingAsync(CancellationToken cancellationToken) => await candidates.ReadManifestAsync(cancellationToken)
        ?? throw new RunFailedException("No model serves, so there are no factors to take over. Trigger a retrain first.");

    /// <summary>Puts the serving model's item factors into a draft; products that it does not know have none
    /// until they are placed.</summary>
    /// <exception cref="RunFailedException">No model serves.</exception>
    /// <exception cref="InvalidDataException">Its bundle is damaged or gone.</exception>
    public async Task TakeFactorsAsync(ModelDraft draft, CancellationToken cancellationToken)
    {
        ServingManifest serving = await ServingAsync(cancellationToken);
        string folder = await models.OpenAsync(serving.ModelVersion, cancellationToken)
            ?? throw new InvalidDataException($"The bundle of the serving model {serving.ModelVersion} is gone; trigger a retrain with \"force\": true.");
        ModelBundleTrainer.TakeFactors(draft, ModelBundle.Load(folder));
    }
}
