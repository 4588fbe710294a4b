using Aisle.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aisle.RetrainTrigger.Models;

/// <summary>The paths of the models that are kept.</summary>
/// <param name="shelf">Keeps them.</param>
public sealed class ModelRoutes(ModelShelf shelf)
{
    internal RouteTable AddTo(RouteTable routes) => routes
        .Map(HttpMethods.Get, "v1/models", ApiRole.Operator, ListAsync)
        .MapBodiless(HttpMethods.Post, "v1/models/rollback", ApiRole.Operator, RollBackAsync)
        .Map(HttpMethods.Get, "v1/models/{version}", ApiRole.Operator, ShowAsync)
        .Map(HttpMethods.Get, "v1/models/{version}/diff/{other}", ApiRole.Operator, DiffAsync)
        .MapBodiless(HttpMethods.Post, "v1/models/{version}/promote", ApiRole.Operator, PromoteAsync);

    private async Task ListAsync(HttpContext context, RouteValueDictionary values)
    {
        IReadOnlyList<ShelfEntry> models = await shelf.ListAsync(context.RequestAborted);
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json => ModelJson.Write(json, models));
    }

    private async Task ShowAsync(HttpContext context, RouteValueDictionary values)
    {
        string version = Named(values, "version");
        ShelfEntry? card = await shelf.ShowAsync(version, context.RequestAborted);
        await (card is null
            ? ProblemWriter.WriteAsync(context, Unknown(version))
            : JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json => ModelJson.WriteCard(json, card)));
    }

    private Task DiffAsync(HttpContext context, RouteValueDictionary values) => AnswerAsync(context, async () =>
    {
        (string earlier, string later) = (Named(values, "version"), Named(values, "other"));
        ModelDifference? difference = await shelf.DiffAsync(earlier, later, context.RequestAborted);
        await (difference is null
            ? ProblemWriter.WriteAsync(context, Unknown($"{earlier}' or '{later}"))
            : JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json => ModelJson.Write(json, difference)));
    });

    private Task PromoteAsync(HttpContext context, RouteValueDictionary values) => AnswerAsync(context, async () =>
    {
        string version = Named(values, "version");
        await (await shelf.PromoteAsync(version, context.RequestAborted)
            ? ListAsync(context, values)
            : ProblemWriter.WriteAsync(context, Unknown(version)));
    });

    private Task RollBackAsync(HttpContext context, RouteValueDictionary values) => AnswerAsync(context, async () =>
        await (await shelf.RollBackAsync(context.RequestAborted) is not null
            ? ListAsync(context, values)
            : ProblemWriter.WriteAsync(context, Problem.Conflict("No model served before this one, or it is no longer kept. GET "
                + "/v1/models lists those that are; promote one by name."))));

    // A damaged bundle is never served: the pointer stays where it is.
    private static async Task AnswerAsync(HttpContext context, Func<Task> answer)
    {
        try
        {
            await answer();
        }
        catch (InvalidDataException damaged)
        {
            await ProblemWriter.WriteAsync(context, Problem.Conflict($"Nothing was changed. {damaged.Message}"));
        }
    }

    private static string Named(RouteValueDictionary values, string name) => values[name] as string ?? "";

    private static Problem Unknown(string version) => Problem.NotFound("version", $"there is no model '{version}'", "GET /v1/models "
        + "(aisle models list) lists them.");
}
