using Aisle.Http;
using Microsoft.AspNetCore.Http;

namespace Aisle.RetrainTrigger.Drift;

/// <summary><c>GET /v1/drift</c> looks, <c>POST /v1/drift</c> looks and alerts: one alert when a drift begins,
/// one when it is over.</summary>
/// <param name="watch">Looks.</param>
/// <param name="alarm">Alerts.</param>
public sealed class DriftRoutes(DriftWatch watch, DriftAlarm alarm)
{
    /// <summary>Adds the paths.</summary>
    public RouteTable AddTo(RouteTable routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        return routes
            .Map(HttpMethods.Get, "v1/drift", ApiRole.Operator, async (context, _) => await AnswerAsync(context, await watch.LookAsync(context.RequestAborted)))
            .MapBodiless(HttpMethods.Post, "v1/drift", ApiRole.Operator, async (context, _) => await AnswerAsync(context, await alarm.CheckAsync(context.RequestAborted)));
    }

    private static Task AnswerAsync(HttpContext context, DriftReport report) =>
        JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json => DriftJson.Write(json, report));
}
