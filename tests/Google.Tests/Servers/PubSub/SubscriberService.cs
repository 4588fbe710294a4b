using Google.Cloud.PubSub.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Aisle.GoogleCloud.Tests.Servers.PubSub;

/// <summary>Pub/Sub's pull service. It answers at once, also when there is nothing.</summary>
internal sealed class SubscriberService(MessageBroker broker, FaultPlan faults) : Subscriber.SubscriberBase
{
    public override Task<PullResponse> Pull(PullRequest request, ServerCallContext context)
    {
        faults.Meet(nameof(Pull));
        return Task.FromResult(new PullResponse { ReceivedMessages = { broker.Pull(request.Subscription, request.MaxMessages) } });
    }

    public override Task<Empty> Acknowledge(AcknowledgeRequest request, ServerCallContext context)
    {
        broker.Acknowledge(request.Subscription, request.AckIds);
        return Task.FromResult(new Empty());
    }

    public override Task<Empty> ModifyAckDeadline(ModifyAckDeadlineRequest request, ServerCallContext context)
    {
        if (request.AckDeadlineSeconds is < 0 or > 600)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "A deadline has 0 to 600 seconds."));
        }

        broker.Modify(request.Subscription, request.AckIds, request.AckDeadlineSeconds);
        return Task.FromResult(new Empty());
    }
}
