using System.Net;
using Google;
using Google.Apis.Requests;
using Grpc.Core;

namespace Aisle.GoogleCloud.Tests;

public sealed class PassingFaultsTests
{
    [Theory]
    [InlineData(StatusCode.Unavailable, true)]
    [InlineData(StatusCode.DeadlineExceeded, true)]
    [InlineData(StatusCode.ResourceExhausted, true)]
    [InlineData(StatusCode.Aborted, true)]
    [InlineData(StatusCode.PermissionDenied, false)]
    [InlineData(StatusCode.NotFound, false)]
    [InlineData(StatusCode.InvalidArgument, false)]
    [InlineData(StatusCode.FailedPrecondition, false)]
    public void A_call_that_ended_so_may_succeed_later_or_never(StatusCode status, bool passes) =>
        Assert.Equal(passes, PassingFaults.Is(new RpcException(new Status(status, "as a service says it"))));

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, null, true)]
    [InlineData(HttpStatusCode.TooManyRequests, null, true)]
    [InlineData(HttpStatusCode.Forbidden, "rateLimitExceeded", true)]
    [InlineData(HttpStatusCode.Forbidden, "accessDenied", false)]
    [InlineData(HttpStatusCode.Forbidden, null, false)]
    [InlineData(HttpStatusCode.BadRequest, "invalid", false)]
    public void A_refusal_of_BigQuery_passes_by_its_status_or_its_reason(HttpStatusCode status, string? reason, bool passes)
    {
        RequestError error = new() { Errors = reason is null ? [] : [new SingleError { Reason = reason }] };

        Assert.Equal(passes, PassingFaults.Is(new GoogleApiException("bigquery") { HttpStatusCode = status, Error = error }));
    }

    [Fact]
    public void A_bug_of_ours_does_not_pass() => Assert.False(PassingFaults.Is(new InvalidOperationException("a bug")));
}
