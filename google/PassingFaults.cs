using Aisle.GoogleCloud.BigQuery;
using Google;
using Grpc.Core;

namespace Aisle.GoogleCloud;

/// <summary>Faults of Google's services that pass: trying again later may succeed.</summary>
public static class PassingFaults
{
    /// <summary>Whether a call that ended so may succeed later.</summary>
    internal static bool Is(StatusCode status) => status is StatusCode.Aborted or StatusCode.Unavailable or StatusCode.ResourceExhausted or StatusCode.DeadlineExceeded
        or StatusCode.Internal or StatusCode.Cancelled or StatusCode.Unknown;

    /// <summary>Whether a fault, thrown though the caller did not give up, is one of them.</summary>
    public static bool Is(Exception fault) => fault switch
    {
        RpcException rpc => Is(rpc.StatusCode),
        GoogleApiException api => InsertFaults.Passes(api),
        HttpRequestException or TimeoutException or OperationCanceledException => true,
        _ => false,
    };
}
