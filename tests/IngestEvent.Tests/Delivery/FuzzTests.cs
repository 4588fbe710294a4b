using Aisle.Benchmarks.Fuzz;
using Aisle.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.IngestEvent.Tests.Delivery;

/// <summary>A bounded sample of what <c>benchmarks -- fuzz</c> throws by the million.</summary>
public sealed class FuzzTests
{
    private const int Inputs = 12_000;

    [Fact]
    public async Task No_input_crashes_the_function_or_is_accepted_as_garbage()
    {
        FuzzRun run = await FuzzRun.ThrowAsync(seed: 7, first: 0, Inputs, new FakeTimeProvider(Some.Instant), TestContext.Current.CancellationToken);

        Assert.Empty(run.Failures);
        Assert.Equal(Inputs, run.ByStatus.Values.Sum());
        Assert.True(run.ByStatus[202] > Inputs / 20, "The inputs are so broken that the rules are not reached.");
        Assert.True(run.ByStatus[204] > Inputs / 20, "The push endpoint is not reached.");
    }
}
