using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.Http.Tests;

public sealed class StoreFaultsTests
{
    [Fact]
    public async Task A_fault_that_passes_is_answered_503_with_the_time_to_wait()
    {
        DefaultHttpContext context = Requests.Of("GET", "/v1/things");

        await Pipeline(new InvalidOperationException("down"))(context);

        Assert.Equal((503, "5"), (context.Response.StatusCode, context.Response.Headers.RetryAfter.ToString()));
        Assert.DoesNotContain("down", Requests.Answer(context));
    }

    [Fact]
    public async Task Any_other_fault_goes_through() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Pipeline(new ArgumentException("wrong"))(Requests.Of("GET", "/v1/things")));

    [Fact]
    public async Task A_caller_who_hung_up_is_answered_nothing()
    {
        DefaultHttpContext context = Requests.Of("GET", "/v1/things");
        context.RequestAborted = new CancellationToken(canceled: true);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Pipeline(new InvalidOperationException("down"))(context));
    }

    private static RequestDelegate Pipeline(Exception fault)
    {
        ApplicationBuilder application = new(new ServiceCollection().BuildServiceProvider());
        application.UseStoreFaults(thrown => thrown is InvalidOperationException);
        application.Run(_ => Task.FromException(fault));
        return application.Build();
    }
}
