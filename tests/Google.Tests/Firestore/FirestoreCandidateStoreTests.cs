using Aisle.Candidates.Lists;
using Aisle.Events.Features;
using Aisle.GoogleCloud.Firestore;
using Aisle.Testing;
using Grpc.Core;

namespace Aisle.GoogleCloud.Tests.Firestore;

/// <summary>What the contract suite does not ask: more lists than one request takes, and faults.</summary>
public sealed class FirestoreCandidateStoreTests(GoogleFixture fixture) : GoogleTest(fixture)
{
    private FirestoreCandidateStore Store => field ??= new FirestoreCandidateStore(GoogleClients.Firestore(Options), Impatient, writers: 1);

    [Fact]
    public async Task More_lists_than_one_request_takes_are_all_written_whatever_faults_pass()
    {
        Google.Firestore.Faults.Add("BatchWrite", StatusCode.Unavailable);
        Google.Firestore.Faults.Add("write", StatusCode.Aborted, StatusCode.Unavailable);
        CandidateList[] lists = [.. Enumerable.Range(0, 234).Select(i => Some.CandidateList($"u{i}"))];

        await Store.WriteAsync("v/1 ü", lists, Token);

        CandidateList?[] read = await Task.WhenAll(lists.Select(list => Store.ReadAsync("v/1 ü", list.User, Token)));
        Assert.Equivalent(lists, read, strict: true);
    }

    [Fact]
    public async Task A_list_that_has_expired_is_not_there_though_Firestore_still_has_it()
    {
        CandidateList list = Some.CandidateList("u1");
        await Store.WriteAsync("v1", [list], Token);
        FirestoreCandidateStore later = new(GoogleClients.Firestore(Options), new ImpatientClock(list.GeneratedAt + SessionFeatures.TimeToLive), writers: 1);

        Assert.NotNull(await Store.ReadAsync("v1", list.User, Token));
        Assert.Null(await later.ReadAsync("v1", list.User, Token));
    }

    [Fact]
    public async Task A_dropped_version_is_gone_to_the_last_list_and_its_neighbour_stays()
    {
        CandidateList[] lists = [.. Enumerable.Range(0, 501).Select(i => Some.CandidateList($"u{i}"))];
        await Store.WriteAsync("v1", lists, Token);
        await Store.WriteAsync("v2", lists[..1], Token);

        await Store.DropAsync("v1", Token);

        CandidateList?[] read = await Task.WhenAll(lists.Select(list => Store.ReadAsync("v1", list.User, Token)));
        Assert.All(read, Assert.Null);
        Assert.NotNull(await Store.ReadAsync("v2", lists[0].User, Token));
    }
}
