using System.Net;
using Google;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aisle.GoogleCloud.Start;

/// <summary>Tries, before the service serves, whether its account has what it needs, and refuses to start with one message that names every
/// missing role. A service that is only out of reach just now is no reason not to start.</summary>
/// <param name="checks">What the service must be able to do.</param>
/// <param name="logger">Told what could not be tried.</param>
public sealed partial class StartChecks(IEnumerable<StartCheck> checks, ILogger<StartChecks> logger) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Something is missing; the message names all of it.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        string?[] problems = await Task.WhenAll(checks.Select(check => TryAsync(check, cancellationToken)));
        string[] missing = [.. problems.OfType<string>()];
        if (missing.Length > 0)
        {
            throw new InvalidOperationException("The service cannot start. " + string.Join(' ', missing));
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What is missing, or null.</summary>
    private async Task<string?> TryAsync(StartCheck check, CancellationToken cancellationToken)
    {
        try
        {
            return await check.IsGrantedAsync(cancellationToken).WaitAsync(Patience, cancellationToken) ? null : $"It may not {check.Name}: {check.Remedy}";
        }
        catch (Exception refused) when (Refuses(refused))
        {
            return $"It may not {check.Name}: {check.Remedy} Google says: {refused.Message}";
        }
        catch (Exception unreachable) when (unreachable is RpcException or GoogleApiException or TimeoutException or HttpRequestException)
        {
            LogNotTried(check.Name, unreachable);
            return null;
        }
    }

    private static bool Refuses(Exception fault) => fault switch
    {
        RpcException rpc => rpc.StatusCode is StatusCode.PermissionDenied or StatusCode.Unauthenticated or StatusCode.NotFound,
        GoogleApiException api => api.HttpStatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized or HttpStatusCode.NotFound,
        _ => false,
    };

    [LoggerMessage(LogLevel.Warning, "Whether the service may {What} could not be tried; it starts all the same.")]
    private partial void LogNotTried(string what, Exception fault);
}
