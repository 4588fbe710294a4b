using Google.Api.Gax.Grpc;
using Google.Apis.Auth.OAuth2;
using Google.Cloud.BigQuery.V2;
using Google.Cloud.Firestore;
using Google.Cloud.Firestore.V1;
using Google.Cloud.PubSub.V1;
using Grpc.Core;

namespace Aisle.GoogleCloud;

/// <summary>Connects to Google's services with the process's own identity, or to what the options name in their
/// stead, without any.</summary>
internal static class GoogleClients
{
    /// <summary>A caller who gives up gets <see cref="OperationCanceledException"/>, as everywhere else, and no gRPC status.</summary>
    private static readonly GrpcNetClientAdapter Adapter =
        GrpcNetClientAdapter.Default.WithAdditionalOptions(options => options.ThrowOperationCanceledOnCancellation = true);

    /// <summary>BigQuery, in the options' project.</summary>
    public static BigQueryClient BigQuery(GoogleOptions options) => new BigQueryClientBuilder
    {
        ProjectId = options.ProjectId,
        DefaultLocation = options.BigQueryLocation,
        BaseUri = options.BigQueryEmulator is { } address ? new Uri(address, "/bigquery/v2/").AbsoluteUri : null,
        GoogleCredential = options.BigQueryEmulator is null ? null : GoogleCredential.FromAccessToken("none"),
    }.Build();

    /// <summary>The options' Firestore database.</summary>
    public static FirestoreDb Firestore(GoogleOptions options) => new FirestoreDbBuilder
    {
        ProjectId = options.ProjectId,
        DatabaseId = options.FirestoreDatabase,
        Endpoint = options.FirestoreEmulator?.Authority,
        ChannelCredentials = Credentials(options.FirestoreEmulator),
        Settings = options.FirestoreEmulator is null ? null : AsOwner(),
        GrpcAdapter = Adapter,
    }.Build();

    /// <summary>Publishing to Pub/Sub.</summary>
    public static PublisherServiceApiClient Publisher(GoogleOptions options) => new PublisherServiceApiClientBuilder
    {
        Endpoint = options.PubSubEmulator?.Authority,
        ChannelCredentials = Credentials(options.PubSubEmulator),
        GrpcAdapter = Adapter,
    }.Build();

    /// <summary>Pulling from Pub/Sub.</summary>
    public static SubscriberServiceApiClient Subscriber(GoogleOptions options) => new SubscriberServiceApiClientBuilder
    {
        Endpoint = options.PubSubEmulator?.Authority,
        ChannelCredentials = Credentials(options.PubSubEmulator),
        GrpcAdapter = Adapter,
    }.Build();

    private static ChannelCredentials? Credentials(Uri? emulator) => emulator is null ? null : ChannelCredentials.Insecure;

    /// <summary>Google's emulator lets the bearer of this word pass its security rules.</summary>
    private static FirestoreSettings AsOwner() => new() { CallSettings = CallSettings.FromHeader("Authorization", "Bearer owner") };
}
