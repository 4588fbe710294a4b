using Aisle.Host.FirstStart;
using Aisle.IngestEvent.Collecting;
using Aisle.IngestEvent.Delivery;
using Aisle.Local.DemoShop;
using Aisle.Local.DemoShop.Visits;
using Aisle.Local.Workspaces;
using Aisle.Privacy;
using Aisle.ScoreUser;
using Aisle.ScoreUser.Answering;
using Aisle.ScoreUser.Logging;
using Aisle.ScoreUser.Requests;

namespace Aisle.Host.Simulation;

/// <summary>
/// Lets shoppers with known tastes visit the running engine: each visit asks the real scorer for the home page, and what the shopper does
/// goes through collector, queue and event function before that shopper comes again. Beside each shopper's visit a twin lives through the
/// same one under the other policy, so that the true effect is known.
/// </summary>
/// <remarks>The twin has an id of its own and is sent to its variant by an override, so it is not in the report.
/// Both draw from the same chance.</remarks>
/// <param name="services">The shop, with a model that serves.</param>
/// <param name="plan">What is simulated.</param>
internal sealed class Simulator(IServiceProvider services, SimulationPlan plan)
{
    private readonly UserScorer _scorer = services.GetRequiredService<UserScorer>();
    private readonly SlateLogger _slates = services.GetRequiredService<SlateLogger>();
    private readonly IngestWorker _worker = services.GetRequiredService<IngestWorker>();
    private readonly WorkspaceClock _clock = services.GetRequiredService<WorkspaceClock>();
    private readonly Pseudonymizer _pseudonymizer = services.GetRequiredService<Pseudonymizer>();
    private readonly DemoSender _sender = new(services);
    private readonly PriorityQueue<DemoEvent, (DateTimeOffset At, long Order)> _ahead = new();
    private readonly List<DemoEvent> _batch = [];
    private readonly HashSet<string> _waiting = [];
    private long _order;

    /// <summary>Plays the days of the experiment.</summary>
    /// <param name="shop">The shop whose last days they are.</param>
    /// <param name="dayDone">Told when a day is over.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task<SimulationTruth> RunAsync(SeededDemoShop shop, Action<int> dayDone, CancellationToken cancellationToken)
    {
        SimulationTruth truth = new();
        int days = 0;
        foreach (LiveVisit visit in shop.VisitsFrom(plan.StartsAt))
        {
            int day = (int)(visit.StartsAt - plan.StartsAt).TotalDays;
            dayDone(day - days);
            days = day;
            await DeliverAsync(visit.StartsAt, visit.Shopper, cancellationToken);
            _clock.MoveTo(visit.StartsAt);
            string variant = await PlayAsync(visit, visit.Shopper, null, truth, cancellationToken);
            string other = variant == SimulationPlan.ControlName ? SimulationPlan.TreatmentName : SimulationPlan.ControlName;
            await PlayAsync(visit, Twin(visit.Shopper), other, truth, cancellationToken);
        }

        await DeliverAsync(plan.Shop.EndsAt, null, cancellationToken);
        _clock.MoveTo(plan.Shop.EndsAt);
        dayDone(plan.Days - days);
        return truth;
    }

    private static string Twin(string shopper) => "twin-" + shopper;

    private async Task<string> PlayAsync(LiveVisit visit, string shopper, string? forced, SimulationTruth truth, CancellationToken cancellationToken)
    {
        SlateRequest request = new()
        {
            User = _pseudonymizer.UserOf(shopper),
            RawUser = shopper,
            Assignment = forced is null ? null : _pseudonymizer.AssignmentOf(SimulationPlan.ForcedInto(forced)),
        };
        ScoreOutcome outcome = await _scorer.ScoreAsync(request, cancellationToken);
        string variant = outcome.Variants.Single(chosen => chosen.Experiment.Key == SimulationPlan.Key).Variant.Name;
        if (forced is not null && variant != forced)
        {
            throw new InvalidOperationException($"The twin was to be served '{forced}' and got '{variant}'.");
        }

        double lift = variant == SimulationPlan.TreatmentName ? 1 + plan.Lift : 1;
        LiveSession session = visit.Play(shopper, outcome.Slate.Id, [.. outcome.Slate.Items.Select(item => item.Product)], lift);
        truth.Add(variant, session.ClickChance, session.Shown);
        foreach (DemoEvent happened in session.Events)
        {
            _ahead.Enqueue(happened, (happened.OccurredAt, _order++));
        }

        return variant;
    }

    // Everything up to the instant is on its way; a shopper (or the twin) who comes again finds it ingested.
    private async Task DeliverAsync(DateTimeOffset until, string? shopper, CancellationToken cancellationToken)
    {
        while (_ahead.TryPeek(out _, out (DateTimeOffset At, long Order) next) && next.At < until)
        {
            DemoEvent happened = _ahead.Dequeue();
            if (_batch.Count == CollectEventsRequest.MaxEvents || (_batch.Count > 0 && happened.OccurredAt - _batch[0].OccurredAt > TimeSpan.FromDays(1)))
            {
                await SendAsync(cancellationToken);
            }

            _batch.Add(happened);
            _waiting.Add(happened.Shopper);
        }

        if (shopper is null || _waiting.Contains(shopper) || _waiting.Contains(Twin(shopper)))
        {
            await SendAsync(cancellationToken);
            await _worker.DrainAsync(cancellationToken);
            await _slates.FlushAsync(cancellationToken);
            _waiting.Clear();
        }
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        if (_batch.Count > 0)
        {
            await _sender.SendAsync(_batch, cancellationToken);
            _batch.Clear();
        }
    }
}
