using System.Text.Json;
using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Events.Wire;
using Aisle.Ports;
using Aisle.Privacy;
using Aisle.RetrainTrigger.Erasure;
using Aisle.RetrainTrigger.Runs;
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

    [Fact]
    public async Task The_visitors_who_became_the_person_go_too_and_with_them_what_says_so()
    {
        await using World world = new();
        UserId anna = new Pseudonymizer(new byte[32]).UserOf("anna");
        await world.Profiles.WriteAsync(
            [
                new ProfileWrite(Some.Profile(anna.Value), null),
                new ProfileWrite(Left("visitor", anna), null),
                new ProfileWrite(Left("stranger", Some.User("ben")), null),
            ],
            Token);
        await world.Warehouse.AppendAsync([Some.Event("1", "visitor"), Some.Event("2", anna.Value), Some.Event("3", "stranger")], Token);
        await world.Candidates.WriteAsync("v1", [Some.CandidateList("visitor")], Token);

        (_, JsonElement answer) = await world.SendAsync("DELETE", "/v1/users/anna");

        JsonElement removed = answer.GetProperty("removed");
        Assert.Equal((2, 2, 1), (removed.GetProperty("interaction_events").GetInt32(), removed.GetProperty("profiles").GetInt32(), removed.GetProperty("candidate_lists").GetInt32()));
        Assert.Equal(Some.User("stranger"), Assert.Single(world.Profiles.All).User);
        Assert.Equal(Some.User("stranger"), Assert.Single(world.Warehouse.Events).User);
    }

    [Fact]
    public async Task Variants_set_by_hand_forget_the_person_whatever_id_they_were_set_for()
    {
        await using World world = new();
        UserId anna = new Pseudonymizer(new byte[32]).UserOf("anna");
        await world.Profiles.WriteAsync(
            [
                new ProfileWrite(Some.Profile(anna.Value) with { Assignment = new AssignmentId("first-id"), AssignmentStamp = new EventStamp(Some.Instant, new EventId("e")) }, null),
                new ProfileWrite(Left("visitor", anna), null),
            ],
            Token);
        Dictionary<string, string> forced = new[] { anna.Value, "visitor", "first-id", "tester" }.ToDictionary(id => id, _ => "control");
        await world.Experiments.TryWriteAsync(Some.Experiment("running") with { Overrides = forced }, null, Token);
        await world.Experiments.TryWriteAsync(Some.Experiment("ended") with { Overrides = forced }, null, Token);

        (_, JsonElement answer) = await world.SendAsync("DELETE", "/v1/users/anna");

        Assert.Equal(6, answer.GetProperty("removed").GetProperty("experiment_overrides").GetInt32());
        Assert.All(await world.Experiments.ReadAllAsync(Token), experiment => Assert.Equal("tester", Assert.Single(experiment.Value.Overrides).Key));
    }

    [Fact]
    public async Task Logins_are_followed_over_several_ids_and_in_circles()
    {
        await using World world = new();
        UserId anna = new Pseudonymizer(new byte[32]).UserOf("anna");
        await world.Profiles.WriteAsync(
            [new ProfileWrite(Left("visitor", Some.User("mail")), null), new ProfileWrite(Left("mail", anna), null), new ProfileWrite(Left(anna.Value, Some.User("visitor")), null)], Token);
        await world.Warehouse.AppendAsync([Some.Event("1", "visitor"), Some.Event("2", "mail"), Some.Event("3", anna.Value)], Token);

        await world.SendAsync("DELETE", "/v1/users/anna");

        Assert.Empty(world.Warehouse.Events);
        Assert.Empty(world.Profiles.All);
    }

    [Fact]
    public async Task A_visitor_who_became_somebody_else_since_is_found_too()
    {
        await using World world = new();
        UserId anna = new Pseudonymizer(new byte[32]).UserOf("anna");
        await world.Profiles.WriteAsync([new ProfileWrite(Left("visitor", Some.User("ben")) with { EarlierLogins = [new Login(anna, Some.Instant)] }, null)], Token);
        await world.Warehouse.AppendAsync([Some.Event("1", "visitor"), Some.Event("2", anna.Value), Some.Event("3", "ben")], Token);

        await world.SendAsync("DELETE", "/v1/users/anna");

        Assert.Equal(Some.User("ben"), Assert.Single(world.Warehouse.Events).User);
        Assert.Empty(world.Profiles.All);
    }

    [Fact]
    public async Task Whoever_was_only_claimed_to_be_the_person_keeps_all_but_the_claim()
    {
        await using World world = new();
        UserId anna = new Pseudonymizer(new byte[32]).UserOf("anna");
        await world.Profiles.WriteAsync([new ProfileWrite(Some.Profile("customer") with { Login = new Login(anna, Some.Instant) }, null)], Token);
        await world.Warehouse.AppendAsync([Some.Event("1", "customer"), Some.Event("2", anna.Value)], Token);

        await world.SendAsync("DELETE", "/v1/users/anna");

        Assert.Equal(Some.User("customer"), Assert.Single(world.Warehouse.Events).User);
        Assert.Empty(world.Profiles.All);
    }

    [Fact]
    public async Task A_visitor_is_found_again_when_the_history_puts_the_erasure_off()
    {
        await using World world = new();
        UserId anna = new Pseudonymizer(new byte[32]).UserOf("anna");
        await world.Profiles.WriteAsync([new ProfileWrite(Left("visitor", anna), null)], Token);
        await world.Warehouse.AppendAsync([Some.Event("1", "visitor")], Token);
        world.Warehouse.ErasureFault = new ErasureDeferredException("Rows are too fresh. Erase again in 30 minutes.", TimeSpan.FromMinutes(30), inner: null);
        await world.SendAsync("DELETE", "/v1/users/anna");
        world.Warehouse.ErasureFault = null;

        (int status, _) = await world.SendAsync("DELETE", "/v1/users/anna");

        Assert.Equal(200, status);
        Assert.Empty(world.Warehouse.Events);
        Assert.Empty(world.Profiles.All);
    }

    [Fact]
    public async Task A_damaged_document_is_erased_as_its_error_advises()
    {
        await using World world = new();
        UserId anna = new Pseudonymizer(new byte[32]).UserOf("anna");
        await world.Profiles.WriteAsync([new ProfileWrite(Some.Profile(anna.Value), null)], Token);
        world.Profiles.BeforeRead = _ => throw new InvalidDataException("A stored shopper's document is damaged; erase the shopper.");

        (int status, _) = await world.SendAsync("DELETE", "/v1/users/anna");

        Assert.Equal(200, status);
        Assert.Empty(world.Profiles.All);
    }

    [Fact]
    public async Task A_broken_runs_draft_is_thrown_away_and_the_run_begins_anew()
    {
        await using World world = new();
        await world.FillAsync(Token);
        Run run = await BreakOffAsync(world, "draft-groups.bin.tmp");
        string folder = Path.Combine(world.Options.RunsFolder, run.Id);
        Assert.True(File.Exists(Path.Combine(folder, "draft-training.bin")));

        (_, JsonElement answer) = await world.SendAsync("DELETE", "/v1/users/anna");

        Assert.Equal(1, answer.GetProperty("removed").GetProperty("run_drafts").GetInt32());
        Assert.False(Directory.Exists(folder));
        Assert.All((await world.Ledger.FindAsync(run.Id, Token))!.Steps, step => Assert.Equal(RunStepState.Pending, step.State));
        Assert.Equal(RunState.Promoted, (await world.Retrainer.RunAsync(run.Id, Token)).State);
    }

    [Fact]
    public async Task Who_is_erased_while_a_run_writes_lists_has_none_in_the_end()
    {
        await using World world = new();
        await world.FillAsync(Token);
        Run run = Assert.IsType<TriggerOutcome.Started>(await world.Ledger.TriggerAsync(isForced: false, Token)).Run;
        UserEraser eraser = world.NewEraser();
        world.Warehouse.Answer(Sql.PortableQueries.OrderLines, parameters => // the run has read its snapshot and holds the lease by now
        {
            Task erasing = eraser.EraseAsync(World.User(3), Token); // the fakes end at once
            return erasing.IsCompletedSuccessfully ? [] : throw new InvalidOperationException("Not erased.", erasing.Exception);
        });

        await world.Retrainer.RunAsync(run.Id, Token);

        Assert.Null(await world.Candidates.ReadAsync(run.ModelVersion, World.User(3), Token));
        Assert.NotNull(await world.Candidates.ReadAsync(run.ModelVersion, World.User(4), Token));
        Assert.Empty((await world.Ledger.FindAsync(run.Id, Token))!.Erased);
    }

    private static async Task<Run> BreakOffAsync(World world, string fileThatIsAFolder)
    {
        Run run = Assert.IsType<TriggerOutcome.Started>(await world.Ledger.TriggerAsync(isForced: false, Token)).Run;
        Directory.CreateDirectory(Path.Combine(world.Options.RunsFolder, run.Id, fileThatIsAFolder));
        await Assert.ThrowsAnyAsync<Exception>(() => world.Retrainer.RunAsync(run.Id, Token));
        return run;
    }

    [Fact]
    public async Task Acts_that_still_wait_in_the_queue_or_are_parked_go_too()
    {
        await using World world = new();
        UserId user = new Pseudonymizer(new byte[32]).UserOf("anna");
        byte[] act = EventWire.Encode(Some.Event(user: user.Value));
        await world.Queue.PublishAsync([new QueueMessage(act, EventWire.Attributes), Some.Message("of somebody else")], Token);
        await world.Queue.ParkAsync([new ParkedMessage("m-1", act, EventWire.Attributes, "why", Some.Instant)], Token);

        (_, JsonElement answer) = await world.SendAsync("DELETE", "/v1/users/anna");

        Assert.Equal(2, answer.GetProperty("removed").GetProperty("queued_events").GetInt32());
        Assert.Empty(world.Queue.Parked);
        Assert.Equal(1, world.Queue.Count);
    }

    [Fact]
    public async Task Rows_that_the_history_cannot_remove_yet_are_a_problem_answer_and_all_else_is_gone()
    {
        await using World world = new();
        UserId user = new Pseudonymizer(new byte[32]).UserOf("anna");
        await world.Profiles.WriteAsync([new ProfileWrite(Some.Profile(user.Value), null)], Token);
        await world.Candidates.WriteAsync("v1", [Some.CandidateList(user.Value)], Token);
        world.Warehouse.ErasureFault = new ErasureDeferredException("Rows are too fresh. Erase again in 30 minutes.", TimeSpan.FromMinutes(30), inner: null);

        (int status, JsonElement answer) = await world.SendAsync("DELETE", "/v1/users/anna");

        Assert.Equal((503, "Rows are too fresh. Erase again in 30 minutes."), (status, answer.GetProperty("detail").GetString()));
        Assert.Null(await world.Profiles.ReadAsync(user, Token));
        Assert.Null(await world.Candidates.ReadAsync("v1", user, Token));

        world.Warehouse.ErasureFault = null;
        Assert.Equal(200, (await world.SendAsync("DELETE", "/v1/users/anna")).Status);
    }

    /// <summary>What stays of a browser's visitor after a login.</summary>
    private static ShopperProfile Left(string visitor, UserId user) => Some.Profile(visitor) with
    {
        Login = new Login(user, Some.Instant),
        Assignment = new AssignmentId(visitor),
        AssignmentStamp = new EventStamp(Some.Instant, new EventId("login")),
    };
}
