using Aisle.Events;
using Aisle.Ports;
using Aisle.ScoreUser;
using Aisle.ScoreUser.Answering;
using Aisle.ScoreUser.Reading;
using Aisle.ScoreUser.Requests;

namespace Aisle.Host.Exporting;

/// <summary>Makes one shopper's slate as it would be made online: by the same candidates, filters, rules and experiments, with
/// more time, and written into no log.</summary>
/// <param name="scorer">Makes it.</param>
/// <param name="profiles">Knows who refused personalisation, for as long as it knows the shopper at all.</param>
/// <param name="clock">Waits between attempts.</param>
internal sealed class SlateExporter(UserScorer scorer, IProfileStore profiles, TimeProvider clock)
{
    private const int Attempts = 3;

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The slate, or why the shopper is left out. A shopper whose data could not be read is left out and
    /// not sent what strangers are shown.</summary>
    /// <param name="name">How the caller knows the shopper.</param>
    /// <param name="user">The pseudonym.</param>
    /// <param name="request">What is exported.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ExportedSlate> MakeAsync(string name, UserId user, ExportRequest request, CancellationToken cancellationToken)
    {
        if ((await profiles.ReadAsync(user, cancellationToken))?.Value.Consent == false)
        {
            return new ExportedSlate(name, null, "the shopper refused personalisation");
        }

        SlateRequest asked = new() { User = user, Surface = request.Surface, Limit = request.Places, Budget = Budget, IsShown = false };
        ScoreOutcome outcome = await scorer.ScoreAsync(asked, cancellationToken);
        for (int attempt = 1; attempt < Attempts && Unread(outcome) is not null; attempt++)
        {
            await Task.Delay(Pause, clock, cancellationToken);
            outcome = await scorer.ScoreAsync(asked, cancellationToken);
        }

        return WhyNot(outcome) is { } reason ? new ExportedSlate(name, null, reason) : new ExportedSlate(name, outcome, null);
    }

    private static string? WhyNot(ScoreOutcome outcome) =>
        outcome.Slate.ModelVersion is null ? "no model serves"
        : Unread(outcome) is { } stage ? $"what is known of the shopper could not be read ({stage.Stage}: {stage.Reason})"
        : outcome.FeaturesAgeSeconds is null && outcome.CandidatesAgeSeconds is null ? "nothing is known of the shopper"
        : outcome.Slate.Items.Count == 0 ? "nothing is eligible for the shopper"
        : null;

    private static Degradation? Unread(ScoreOutcome outcome) => outcome.Degradations.FirstOrDefault(degradation => degradation.Stage is "profile" or "candidates");
}
