using Google.Cloud.Iam.V1;
using Grpc.Core;

namespace Aisle.GoogleCloud.Tests.Servers.PubSub;

/// <summary>Who may do what with a topic: anybody anything with one that exists, unless a fault is planned; of one that does not,
/// Pub/Sub says that nothing is granted.</summary>
internal sealed class PolicyService(MessageBroker broker, FaultPlan faults) : IAMPolicy.IAMPolicyBase
{
    public override Task<TestIamPermissionsResponse> TestIamPermissions(TestIamPermissionsRequest request, ServerCallContext context)
    {
        faults.Meet(nameof(TestIamPermissions));
        TestIamPermissionsResponse answer = new();
        if (broker.Has(request.Resource))
        {
            answer.Permissions.Add(request.Permissions);
        }

        return Task.FromResult(answer);
    }
}
