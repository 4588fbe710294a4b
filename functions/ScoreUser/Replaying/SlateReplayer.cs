using System.Globalization;
using System.Text.Json;
using Aisle.Candidates.Lists;
using Aisle.Candidates.Reasons;
using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Experiments;
using Aisle.Http;
using Aisle.Ports;
using Aisle.Reranking;
using Aisle.ScoreUser.Answering;
using Aisle.ScoreUser.Explaining;
using Aisle.ScoreUser.Reading;
using Aisle.ScoreUser.Requests;
using Aisle.ScoreUser.Serving;
using Aisle.ScoreUser.Variants;
using Aisle.Sql;

namespace Aisle.ScoreUser.Replaying;

/// <summary>Makes a logged slate again, with its trace: the same request, shopper, moment, variants, model, seed and promises; rules, prices and stock are those of now, and it says where they changed.</summary>
/// <param name="warehouse">The log.</param>
/// <param name="candidates">The precomputed lists.</param>
/// <param name="experiments">What the variants were.</param>
/// <param name="state">The models and the rules.</param>
/// <param name="requests">Reads the recorded request.</param>
/// <param name="pipeline">Makes the slate.</param>
/// <param name="options">What holds without experiments.</param>
/// <param name="clock">Only for the budget, which is ample.</param>
public sealed class SlateReplayer(
    IEventWarehouse warehouse, ICandidateStore candidates, IExperimentStore experiments, ServingState state, SlateRequestReader requests, SlatePipeline pipeline, ScoreUserOptions options,
    TimeProvider clock)
{
    /// <summary>The most positions of a slate: a caller's list that is re-ranked may be as long as its body allows.</summary>
    private const int MostRows = 1_000;

    /// <summary>A record is at most a request's body and a shopper's document.</summary>
    private const int LongestInputs = 1024 * 1024;

    private static readonly TimeSpan Ample = TimeSpan.FromMinutes(1);

    /// <summary>Makes a slate again. Whatever the log holds, it takes no more work than a slate does.</summary>
    public async Task<ReplayOutcome> ReplayAsync(SlateId id, CancellationToken cancellationToken)
    {
        IReadOnlyList<LoggedSlateRow> rows = await RowsAsync(id, cancellationToken);
        if (rows is not [{ } first, ..])
        {
            return new ReplayOutcome.Unknown();
        }

        if (rows.Count > MostRows)
        {
            return new ReplayOutcome.Impossible($"The log has more than {MostRows} positions of it, which no slate has: the log was forged or damaged.");
        }

        if (first.Inputs is not { Length: <= LongestInputs } text || SlateRecordJson.Read(text) is not { } inputs || !ulong.TryParse(inputs.Seed, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed))
        {
            return new ReplayOutcome.Impossible("Its inputs were not kept, or another version wrote them.");
        }

        if (first.ModelVersion is not { } version || await state.OpenAsync(version, cancellationToken) is not { } view)
        {
            return new ReplayOutcome.Impossible(first.ModelVersion is null ? "It was answered without a model." : $"The model {first.ModelVersion} is not kept any more.");
        }

        string? misread = Read(inputs.Request, view.Model.Currency, out SlateRequest request, out IReadOnlyList<ProductId>? listed);
        if ((RecordedInputsCheck.ProblemOf(inputs) ?? misread) is { } problem)
        {
            return new ReplayOutcome.Impossible($"Its inputs are none that a slate can have had ({problem}): the log was forged or damaged.");
        }

        (Scene scene, IReadOnlyList<string> changes) = await SceneOfAsync(first, inputs, request, listed, view, cancellationToken);
        ScoreOutcome outcome = pipeline.Answer(scene, id, seed);
        return new ReplayOutcome.Made(new SlateReplay([.. rows.Where(row => row.Position is not null)], outcome, changes));
    }

    private async Task<IReadOnlyList<LoggedSlateRow>> RowsAsync(SlateId id, CancellationToken cancellationToken)
    {
        List<LoggedSlateRow> rows = [];
        await foreach (LoggedSlateRow row in warehouse.QueryAsync(PortableQueries.LoggedSlate, new Dictionary<string, object> { ["slate"] = id.Value }, cancellationToken))
        {
            rows.Add(row);
            if (rows.Count > MostRows)
            {
                break;
            }
        }

        return rows;
    }

    /// <returns>What is wrong with the recorded request; null when nothing is.</returns>
    private string? Read(JsonElement recorded, string currency, out SlateRequest request, out IReadOnlyList<ProductId>? listed)
    {
        List<FieldProblem> problems = [];
        RequestFields fields = RequestFields.From(recorded, problems, further: "product_ids");
        listed = fields.Has("product_ids") ? fields.Ids("product_ids") : null;
        request = requests.Read(fields, currency);
        request = listed is null ? request : request with { Surface = Surface.Rerank, Limit = listed.Count, ShowsPurchased = true };
        return problems is [{ } first, ..] ? $"request.{first.Field}: {first.Problem}" : null;
    }

    private async Task<(Scene Scene, IReadOnlyList<string> Changes)> SceneOfAsync(
        LoggedSlateRow logged, RecordedInputs inputs, SlateRequest request, IReadOnlyList<ProductId>? listed, ServingView view, CancellationToken cancellationToken)
    {
        DateTimeOffset now = new(inputs.Now, TimeSpan.Zero);
        CandidateList? list = inputs.ListMadeAt is not null && logged.User is { } user ? await candidates.ReadAsync(view.Model.Manifest.ModelVersion, user, cancellationToken) : null;
        ShopperProfile? profile = inputs.Profile is { } recorded ? ProfileRecorder.Read(recorded, logged.User ?? new UserId("nobody")) : null;
        Experiment[] all = [.. (await experiments.ReadAllAsync(cancellationToken)).Select(found => found.Value).OrderBy(experiment => experiment.Key, StringComparer.Ordinal)];
        string[] named = logged.Variants.Split(',', StringSplitOptions.RemoveEmptyEntries);
        VariantChoice variants = VariantChoice.Of(all, named, request.Surface.WireName(), Tuning.Of(options));
        Scene scene = Scene.Of(
            view, request, logged.User, new Shopper(profile, list, []), variants, state.Merchandising, new TimeBudget(clock, Ample), new SlateTrace(), now) with
        {
            Listed = listed,
            Served = (inputs.Served ?? []).ToDictionary(entry => new ProductId(entry.Key), entry => entry.Value),
        };
        string?[] changes =
        [
            inputs.Rules != state.Merchandising.Tag ? "rules" : null,
            inputs.Availability != state.AvailabilityVersion ? "availability" : null,
            list?.GeneratedAt != inputs.ListMadeAt ? "candidates" : null,
            variants.Chosen.Count != named.Length ? "experiments" : null,
            inputs.Degraded is null ? null : "degraded",
        ];
        return (scene, [.. changes.OfType<string>()]);
    }
}
