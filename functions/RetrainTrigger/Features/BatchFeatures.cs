using Aisle.Candidates.Training;
using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Ports;
using Aisle.RetrainTrigger.Runs;
using Aisle.RetrainTrigger.Steps;
using Aisle.Sql;

namespace Aisle.RetrainTrigger.Features;

/// <summary>Writes what only a whole history tells into the shoppers' documents: the user factor, the usual price, how much was bought lately.</summary>
public sealed class BatchFeatures(IProfileStore profiles, TrainingReader reader, RetrainOptions options)
{
    private const int ProfilesAtOnce = 500;
    private const int MaxAttempts = 10;

    private static readonly TimeSpan Lately = TimeSpan.FromDays(30);

    internal async Task<StepOutcome> WriteAsync(
        Run run, RunFiles files, IProgress<double> progress, CancellationToken cancellationToken)
    {
        Dictionary<UserId, int> bought = await BoughtAsync(run, cancellationToken);
        TrainingSet training = files.Draft.Training;
        int written = 0;
        for (int first = 0; first < training.Users.Count; first += ProfilesAtOnce)
        {
            Dictionary<UserId, int> some = Enumerable.Range(first, Math.Min(ProfilesAtOnce, training.Users.Count - first))
                .ToDictionary(index => training.Users[index]);
            written += await WriteAsync(some, files.Draft, bought, cancellationToken);
            progress.Report((double)(first + some.Count) / training.Users.Count);
        }

        return new StepOutcome(new Dictionary<string, double> { ["profiles"] = written }, null);
    }

    private async Task<Dictionary<UserId, int>> BoughtAsync(Run run, CancellationToken cancellationToken)
    {
        IReadOnlyList<PurchasedLine> lines = await reader.PurchasesAsync(options.Recipe.Feedback, run.AsOf, cancellationToken);
        return lines.Where(line => line.User is not null && line.OccurredAt >= run.AsOf - Lately)
            .CountBy(line => line.User!.Value).ToDictionary(pair => pair.Key, pair => pair.Value);
    }

    // An event may change a document meanwhile: then it is read again. Documents that have expired are not made anew.
    private async Task<int> WriteAsync(
        Dictionary<UserId, int> users, ModelDraft draft, Dictionary<UserId, int> bought, CancellationToken cancellationToken)
    {
        int written = 0;
        IReadOnlyCollection<UserId> pending = users.Keys;
        for (int attempt = 0; pending.Count > 0 && attempt < MaxAttempts; attempt++)
        {
            IReadOnlyDictionary<UserId, Versioned<ShopperProfile>> known = await profiles.ReadManyAsync(pending, cancellationToken);
            ProfileWrite[] writes = [.. known.Select(pair => new ProfileWrite(
                pair.Value.Value with
                {
                    UserEmbedding = draft.Factors!.Users[users[pair.Key]].ToArray(),
                    AveragePriceMinor = UsualPrice(draft.Training, users[pair.Key]),
                    PurchaseCount30Days = bought.GetValueOrDefault(pair.Key),
                },
                pair.Value.Tag))];
            pending = await profiles.WriteAsync(writes, cancellationToken);
            written += writes.Length - pending.Count;
        }

        return written;
    }

    private static double? UsualPrice(TrainingSet training, int user)
    {
        PriceMean mean = default;
        ReadOnlySpan<int> items = training.Interactions.ItemsOf(user);
        for (int i = 0; i < items.Length; i++)
        {
            if (training.Products[items[i]].PriceMinor is { } price)
            {
                mean = mean.With(price, training.Interactions.WeightsOf(user)[i]);
            }
        }

        return mean.Value;
    }
}
