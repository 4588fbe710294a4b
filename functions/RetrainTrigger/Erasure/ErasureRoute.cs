using System.Globalization;
using Aisle.Events;
using Aisle.Http;
using Aisle.Ports;
using Aisle.Privacy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aisle.RetrainTrigger.Erasure;

/// <summary><c>DELETE /v1/users/{id}</c>: the shop's own id comes in, its pseudonym is erased, and the answer
/// says what was removed.</summary>
/// <param name="eraser">Removes.</param>
/// <param name="pseudonymizer">Finds the pseudonym.</param>
public sealed class ErasureRoute(UserEraser eraser, Pseudonymizer pseudonymizer)
{
    internal async Task HandleAsync(HttpContext context, RouteValueDictionary values)
    {
        if (values["id"] is not string id || !Identity.IsValid(id))
        {
            await ProblemWriter.WriteAsync(context, Problem.Invalid(new FieldProblem("id", "no identity", $"Name the user by 1 to "
                + $"{Identity.MaxLength} characters.")));
            return;
        }

        UserId user = pseudonymizer.UserOf(id);
        try
        {
            await AnswerAsync(context, user, await eraser.EraseAsync(user, context.RequestAborted));
        }
        catch (ErasureDeferredException deferred)
        {
            context.Response.Headers.RetryAfter = ((long)deferred.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await ProblemWriter.WriteAsync(context, Problem.Unavailable(deferred.Message));
        }
    }

    private static Task AnswerAsync(HttpContext context, UserId user, IReadOnlyDictionary<string, long> removed) =>
        JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteString("user_id", user.Value);
            json.WriteStartObject("removed");
            foreach ((string store, long count) in removed)
            {
                json.WriteNumber(store, count);
            }

            json.WriteEndObject();
            json.WriteString("note", "The serving model names no shopper; what this one taught it ends with the next retrain.");
            json.WriteEndObject();
        });
}
