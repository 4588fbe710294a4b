using Aisle.Candidates.Training;
using Aisle.Catalogue;
using Aisle.Evaluation.Holdouts;
using Aisle.Feedback;
using Aisle.RetrainTrigger.Steps;
using Aisle.Sql;

namespace Aisle.RetrainTrigger.Judging;

/// <summary>Cuts the history in two by time.</summary>
/// <param name="reader">Reads it.</param>
/// <param name="options">How much is held out, and how many judge.</param>
public sealed class HoldoutReader(TrainingReader reader, RetrainOptions options)
{
    private const ulong SampleSeed = 1;

    /// <summary>Cuts so that enough shoppers came back after it.</summary>
    /// <param name="recipe">How feedback is read.</param>
    /// <param name="products">The catalogue.</param>
    /// <param name="asOf">The end of what is known.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Null when too few shoppers came back after any cut.</returns>
    public async Task<HoldoutCut?> CutAsync(ModelRecipe recipe, IReadOnlyList<Product> products, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        for (int days = options.HoldoutDays; days <= 4 * options.HoldoutDays; days *= 2)
        {
            DateTimeOffset cut = asOf.AddDays(-days);
            TrainingSet training = await reader.ReadAsync(recipe, products, cut, cancellationToken);
            if (training.Interactions.Count == 0)
            {
                break;
            }

            Holdout holdout = new Holdout(training.Interactions, await HeldAsync(recipe, training, cut, asOf, cancellationToken))
                .Sampled(options.MaxJudgedUsers, SampleSeed);
            if (holdout.JudgedUsers.Count >= options.MinJudgedUsers)
            {
                return new HoldoutCut(cut, training, holdout);
            }
        }

        return null;
    }

    private async Task<InteractionMatrix> HeldAsync(
        ModelRecipe recipe, TrainingSet training, DateTimeOffset cut, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        InteractionMatrixBuilder held = new(training.Users.Count, training.Items.Count);
        await foreach (UserItemScore row in reader.ScoresAsync(recipe.Feedback, cut, asOf, cancellationToken))
        {
            if (row.Score > 0 && training.Users.TryGetIndex(row.User, out int user) && training.Items.TryGetIndex(row.Product, out int item))
            {
                held.Add(user, item, (float)row.Score);
            }
        }

        return held.Build();
    }
}
