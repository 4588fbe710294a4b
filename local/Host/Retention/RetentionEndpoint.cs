using Aisle.Http;
using Aisle.Local.Retention;

namespace Aisle.Host.Retention;

/// <summary><c>/v1/retention</c>, of the one-machine host alone: what is older than may be kept, to look at or to remove at once. On
/// Google, tables and documents expire by themselves.</summary>
internal sealed class RetentionEndpoint : IEndpoint
{
    private readonly RetentionSweeper _sweeper;

    /// <summary>Lays out the paths.</summary>
    public RetentionEndpoint(RetentionSweeper sweeper, ApiKeys keys, TimeProvider clock)
    {
        _sweeper = sweeper;
        Routes = new RouteTable(keys, clock)
            .Map(HttpMethods.Get, "v1/retention", ApiRole.Operator, (context, _) => AnswerAsync(context, "due", sweeper.Due()))
            .MapBodiless(HttpMethods.Post, "v1/retention", ApiRole.Operator, async (context, _) => await AnswerAsync(context, "removed", await sweeper.SweepAsync(context.RequestAborted)));
    }

    /// <inheritdoc/>
    public RouteTable Routes { get; }

    private Task AnswerAsync(HttpContext context, string what, IReadOnlyDictionary<string, long> rows) =>
        JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("days", _sweeper.Days);
            json.WriteString("before", _sweeper.Before);
            json.WriteStartObject(what);
            foreach ((string table, long count) in rows)
            {
                json.WriteNumber(table, count);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });
}
