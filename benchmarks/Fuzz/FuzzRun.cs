namespace Aisle.Benchmarks.Fuzz;

/// <summary>A number of inputs, and what came of them.</summary>
/// <param name="ByStatus">How many were answered with each status.</param>
/// <param name="Failures">What was wrong: the input's number, its bytes, and the complaint; at most ten.</param>
internal sealed record FuzzRun(IReadOnlyDictionary<int, long> ByStatus, IReadOnlyList<string> Failures)
{
    private const int MaxFailures = 10;

    /// <summary>Throws inputs, one after the other.</summary>
    public static async Task<FuzzRun> ThrowAsync(ulong seed, long first, long count, TimeProvider clock, CancellationToken cancellationToken)
    {
        using FuzzTargets targets = new(clock);
        FuzzInputs inputs = new(seed, FuzzTargets.Valid);
        SortedDictionary<int, long> byStatus = [];
        List<string> failures = [];
        for (long number = first; number < first + count && failures.Count < MaxFailures; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            byte[] input = inputs.Make(number);
            (int status, string? complaint) = await targets.ThrowAsync(number, input, cancellationToken);
            byStatus[status] = byStatus.GetValueOrDefault(status) + 1;
            if (complaint is not null)
            {
                failures.Add($"input {number} of seed {seed}, base64 {Convert.ToBase64String(input)}: {complaint}");
            }
        }

        return new FuzzRun(byStatus, failures);
    }
}
