using System.Text.Json;
using Aisle.Events;
using Aisle.Ports;
using Aisle.Privacy;
using Aisle.Testing;

namespace Aisle.RetrainTrigger.Tests;

public sealed class ErasureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_erased_person_is_in_no_store_and_the_answer_says_what_was_removed()
    {
        await using World world = new();
        UserId user = new Pseudonymizer(new byte[32]).UserOf("anna");
        await world.Warehouse.AppendAsync([Some.Event("1", user.Value), Some.Event("2", user.Value), Some.Event("3", "other")], Token);
        await world.Profiles.WriteAsync([new ProfileWrite(Some.Profile(user.Value), null)], Token);
        await world.Candidates.WriteAsync("v1", [Some.CandidateList(user.Value)], Token);

        (int status, JsonElement answer) = await world.SendAsync("DELETE", "/v1/users/anna");

        Assert.Equal(200, status);
        JsonElement removed = answer.GetProperty("removed");
        Assert.Equal((2, 1, 1), (Count("interaction_events"), Count("profiles"), Count("candidate_lists")));
        Assert.DoesNotContain(world.Warehouse.Events, e => e.User == user);
        Assert.Null(await world.Profiles.ReadAsync(user, Token));
        Assert.DoesNotContain("anna", answer.GetRawText());

        int Count(string store) => removed.GetProperty(store).GetInt32();
    }
}
