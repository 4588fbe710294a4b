using Aisle.Experiments;
using Aisle.IngestEvent.Collecting;
using Aisle.IngestEvent.Delivery;
using Aisle.Local.DemoShop;
using Aisle.Ports;
using Aisle.Privacy;
using Aisle.Reranking;

namespace Aisle.Host.FirstStart;

/// <summary>Sends the past of a demo shop through the real path: wire JSON → collector → durable queue → event function;
/// slates and exposures into their logs.</summary>
internal sealed class DemoReplay(IServiceProvider services)
{
    private const int BatchSize = CollectEventsRequest.MaxEvents;
    private const int BatchesPerDrain = 10;

    private static readonly TimeSpan MaxSpan = TimeSpan.FromDays(1);

    private readonly DemoSender _sender = new(services);
    private readonly Pseudonymizer _pseudonymizer = services.GetRequiredService<Pseudonymizer>();
    private readonly IngestWorker _worker = services.GetRequiredService<IngestWorker>();
    private readonly ISlateLog _slateLog = services.GetRequiredService<ISlateLog>();
    private readonly IExposureLog _exposureLog = services.GetRequiredService<IExposureLog>();
    private readonly List<DemoEvent> _events = [];
    private readonly List<Slate> _slates = [];
    private readonly List<Exposure> _exposures = [];
    private int _undrained;

    /// <summary>Sends everything and waits until it is ingested.</summary>
    /// <param name="shop">Whose past.</param>
    /// <param name="sent">Told how many events were sent since it was told last.</param>
    /// <param name="cancellationToken">Breaks off; sending again later does no harm.</param>
    /// <exception cref="InvalidOperationException">The collector refused an event: the generator and the rules disagree.</exception>
    public async Task SendAsync(IDemoShop shop, Action<int> sent, CancellationToken cancellationToken)
    {
        foreach (DemoMoment moment in shop.Moments())
        {
            if (IsFull(moment.At))
            {
                sent(await FlushAsync(cancellationToken));
            }

            Add(shop, moment);
        }

        sent(await FlushAsync(cancellationToken));
        await _worker.DrainAsync(cancellationToken);
    }

    // A batch spans a day at most: in a small shop five hundred events may span weeks, and the collector refuses what is old.
    private bool IsFull(DateTimeOffset next) =>
        _events.Count == BatchSize || _slates.Count == BatchSize || _exposures.Count == BatchSize
        || (_events.Count > 0 && next - _events[0].OccurredAt > MaxSpan);

    private void Add(IDemoShop shop, DemoMoment moment)
    {
        switch (moment)
        {
            case DemoMoment.Happened happened:
                _events.Add(happened.Content);
                break;
            case DemoMoment.SlateShown shown:
                _slates.Add(ToSlate(shop, shown));
                break;
            case DemoMoment.Exposed exposed:
                _exposures.Add(new Exposure(
                    shop.Experiment.Key, _pseudonymizer.AssignmentOf(exposed.Shopper.Id), _pseudonymizer.UserOf(exposed.Shopper.Id), exposed.Variant, exposed.At)
                {
                    AgeBracket = exposed.Shopper.AgeBracket,
                    Location = exposed.Shopper.Location,
                });
                break;
            default:
                throw new InvalidOperationException($"An unknown moment: {moment}.");
        }
    }

    private async Task<int> FlushAsync(CancellationToken cancellationToken)
    {
        int count = _events.Count;
        if (count > 0)
        {
            await _sender.SendAsync(_events, cancellationToken);
        }

        await _slateLog.AppendAsync(_slates, cancellationToken);
        await _exposureLog.AppendAsync(_exposures, cancellationToken);
        _events.Clear();
        _slates.Clear();
        _exposures.Clear();
        if (++_undrained == BatchesPerDrain)
        {
            _undrained = 0;
            await _worker.DrainAsync(cancellationToken);
        }

        return count;
    }

    private Slate ToSlate(IDemoShop shop, DemoMoment.SlateShown shown) => new()
    {
        Id = shown.Content.Id,
        User = _pseudonymizer.UserOf(shown.Content.Shopper),
        Surface = "home",
        Strategies = ["uniform"],
        Variants = shown.Content.Variant is { } variant ? [$"{shop.Experiment.Key}={variant}"] : [],
        ModelVersion = null,
        Seed = shown.Content.Seed,
        EligibleCount = shown.Content.EligibleCount,
        ServedAt = shown.At,
        Items = [.. shown.Content.Products.Select((product, index) =>
            new SlateItem(product, index + 1, shown.Content.Scores[index], SlotKind.Exploration, 1.0 / shown.Content.EligibleCount))],
    };
}
