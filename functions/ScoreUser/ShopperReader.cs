using Aisle.Candidates;
using Aisle.Events;
using Aisle.Ports;

namespace Aisle.ScoreUser;

/// <summary>The two store reads of a request, side by side, each with a deadline. Whatever a store does, the slate goes on: what is missing is named.</summary>
/// <param name="profiles">The session features.</param>
/// <param name="candidates">The precomputed lists.</param>
/// <param name="options">The deadline.</param>
/// <param name="clock">Counts it, and says what has expired.</param>
public sealed class ShopperReader(IProfileStore profiles, ICandidateStore candidates, ScoreUserOptions options, TimeProvider clock)
{
    /// <summary>Reads what is known of a shopper.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="modelVersion">The version whose list counts; null when no model serves.</param>
    /// <param name="cancellationToken">The caller gave up.</param>
    public async Task<Shopper> ReadAsync(UserId user, string? modelVersion, CancellationToken cancellationToken)
    {
        Task<(Versioned<ShopperProfile>? Value, Degradation? Fault)> profile =
            TryAsync("profile", token => profiles.ReadAsync(user, token), cancellationToken);
        Task<(CandidateList? Value, Degradation? Fault)> list = modelVersion is null
            ? Task.FromResult<(CandidateList?, Degradation?)>((null, null))
            : TryAsync("candidates", token => candidates.ReadAsync(modelVersion, user, token), cancellationToken);
        (Versioned<ShopperProfile>? found, Degradation? profileFault) = await profile;
        (CandidateList? precomputed, Degradation? listFault) = await list;
        return new Shopper(
            SessionFeatures.Live(found?.Value, clock.GetUtcNow()), precomputed, [.. new[] { profileFault, listFault }.OfType<Degradation>()]);
    }

    private async Task<(T? Value, Degradation? Fault)> TryAsync<T>(string stage, Func<CancellationToken, Task<T?>> read, CancellationToken cancellationToken)
        where T : class
    {
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            Task<T?> reading = read(late.Token);
            T? value = reading.IsCompletedSuccessfully ? await reading : await reading.WaitAsync(options.ReadDeadline, clock, cancellationToken);
            return (value, null);
        }
        catch (TimeoutException)
        {
            await late.CancelAsync();
            return (null, new Degradation(stage, "late"));
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && fault is not OutOfMemoryException)
        {
            return (null, new Degradation(stage, fault is InvalidDataException ? "damaged" : "store failed"));
        }
    }
}
