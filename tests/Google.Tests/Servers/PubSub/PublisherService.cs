using Google.Cloud.PubSub.V1;
using Grpc.Core;

namespace Aisle.GoogleCloud.Tests.Servers.PubSub;

/// <summary>Pub/Sub's publishing service, with its limits.</summary>
internal sealed class PublisherService(MessageBroker broker, FaultPlan faults) : Publisher.PublisherBase
{
    public override Task<PublishResponse> Publish(PublishRequest request, ServerCallContext context)
    {
        faults.Meet(nameof(Publish));
        bool fits = request.Messages.Count is > 0 and <= 1000 && request.CalculateSize() <= 10_000_000
            && request.Messages.All(message => !message.Data.IsEmpty || message.Attributes.Count > 0);
        return fits
            ? Task.FromResult(new PublishResponse { MessageIds = { broker.Publish(request.Topic, request.Messages) } })
            : throw new RpcException(new Status(StatusCode.InvalidArgument, "1 to 1000 messages of at most 10 MB together, none of them empty."));
    }
}
