using System.Globalization;
using System.Text.RegularExpressions;
using Aisle.GoogleCloud.Training;
using Microsoft.Extensions.Configuration;

namespace Aisle.GoogleCloud;

/// <summary>Reads <see cref="GoogleOptions"/> from the configuration, whose keys are the environment variables, and
/// says all that is wrong at once.</summary>
public sealed partial class GoogleOptionsReader
{
    private readonly IConfiguration _configuration;
    private readonly List<string> _problems = [];

    private GoogleOptionsReader(IConfiguration configuration) => _configuration = configuration;

    /// <summary>The options.</summary>
    /// <exception cref="InvalidOperationException">Variables are missing or malformed; the message names each, with the remedy.</exception>
    public static GoogleOptions Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return new GoogleOptionsReader(configuration).Read();
    }

    private GoogleOptions Read()
    {
        bool trainsInBigQuery = TrainsInBigQuery();
        ContentMethod content = Content();
        GoogleOptions options = new()
        {
            ProjectId = Required("GOOGLE_CLOUD_PROJECT", ProjectId(), "the id of the project that holds the shop's data"),
            Dataset = Required("AISLE_DATASET", DatasetId(), "the BigQuery dataset of the shop's tables, such as aisle"),
            BigQueryLocation = Optional("AISLE_BIGQUERY_LOCATION", Location(), "the dataset's location, such as EU or europe-west1, or "
                + "leave it out for US") ?? "US",
            EventsTopic = Required("AISLE_EVENTS_TOPIC", ResourceId(), "the Pub/Sub topic of the events, such as aisle-events"),
            EventsSubscription = Optional("AISLE_EVENTS_SUBSCRIPTION", ResourceId(), "a Pub/Sub subscription id, or leave it out where Pub/Sub pushes"),
            AlertsTopic = Optional("AISLE_ALERTS_TOPIC", ResourceId(), "a Pub/Sub topic id, or leave it out to log alerts only"),
            SlatesTopic = Optional("AISLE_SLATES_TOPIC", ResourceId(), "the Pub/Sub topic of slates, such as aisle-slates, or leave it "
                + "out to write them to BigQuery at once"),
            TrainsInBigQuery = trainsInBigQuery,
            ShardsTopic = ShardsTopic(trainsInBigQuery),
            Content = content,
            TextConnection = TextConnection(content == ContentMethod.TextModel),
            SearchedShare = Value("AISLE_SEARCHED_SHARE") is null ? null : Share("AISLE_SEARCHED_SHARE"),
            Shards = (int)Whole("AISLE_SHARDS", 400, 1, 4000),
            ListWriters = (int)Whole("AISLE_LIST_WRITERS", 1, 1, 1000),
            SampledShare = Share("AISLE_SAMPLED_SHARE"),
            ModelsFolder = Required("AISLE_MODELS_FOLDER", Folder(), "the folder where the bucket of the model bundles is mounted, such as /models"),
            ExportBucket = Optional("AISLE_EXPORT_BUCKET", BucketName(), "the name of the bucket that AISLE_MODELS_FOLDER mounts, or "
                + "leave it out to page feedback over HTTP"),
            FirestoreDatabase = Optional("AISLE_FIRESTORE_DATABASE", DatabaseId(), "a Firestore database id, or leave it out for (default)") ?? "(default)",
            MaximumBytesBilled = Whole("AISLE_MAXIMUM_BYTES_BILLED", 200_000_000_000, 10_000_000, long.MaxValue),
            QueryPageRows = (int)Whole("AISLE_QUERY_PAGE_ROWS", 10_000, 1, 100_000),
            BigQueryEmulator = Address("BIGQUERY_EMULATOR_HOST"),
            FirestoreEmulator = Address("FIRESTORE_EMULATOR_HOST"),
            PubSubEmulator = Address("PUBSUB_EMULATOR_HOST"),
        };
        return _problems.Count == 0 ? options : throw new InvalidOperationException(
            "The Google adapters cannot start. " + string.Join(' ', _problems));
    }

    private string Required(string name, Regex form, string what)
    {
        if (Value(name) is null)
        {
            _problems.Add($"{name} is not set: set it to {what}.");
            return "";
        }

        return Optional(name, form, what) ?? "";
    }

    private string? Optional(string name, Regex form, string what)
    {
        string? value = Value(name);
        if (value is null || form.IsMatch(value))
        {
            return value;
        }

        _problems.Add($"{name} is \"{value}\", which cannot be one: set it to {what}.");
        return null;
    }

    private bool TrainsInBigQuery() =>
        Optional("AISLE_TRAINER", Trainer(), "process (the service trains) or bigquery (BigQuery trains), or leave it out for process") == "bigquery";

    private string? ShardsTopic(bool isRequired)
    {
        const string What = "the Pub/Sub topic that spreads shards of lists over workers, such as aisle-shards";
        return isRequired ? Required("AISLE_SHARDS_TOPIC", ResourceId(), What) : Optional("AISLE_SHARDS_TOPIC", ResourceId(), What);
    }

    private ContentMethod Content() =>
        Optional("AISLE_CONTENT", ContentForm(), "pca, autoencoder or text, or leave it out for pca") switch
        {
            "autoencoder" => ContentMethod.Autoencoder,
            "text" => ContentMethod.TextModel,
            _ => ContentMethod.Pca,
        };

    private string? TextConnection(bool isRequired)
    {
        const string What = "the BigQuery connection of the text-embedding model, such as my-project.eu.aisle-text";
        return isRequired ? Required("AISLE_TEXT_CONNECTION", Connection(), What) : Optional("AISLE_TEXT_CONNECTION", Connection(), What);
    }

    private double Share(string name)
    {
        string? value = Value(name);
        if (value is null)
        {
            return 1;
        }

        if (double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share) && share is > 0 and <= 1)
        {
            return share;
        }

        _problems.Add($"{name} is \"{value}\": set it to a share above 0 and up to 1, such as 0.05, or leave it out for 1.");
        return 1;
    }

    private long Whole(string name, long fallback, long least, long most)
    {
        string? value = Value(name);
        if (value is null)
        {
            return fallback;
        }

        if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= least && number <= most)
        {
            return number;
        }

        _problems.Add(string.Create(
            CultureInfo.InvariantCulture, $"{name} is \"{value}\": set it to a whole number from {least} to {most}, or leave it out for {fallback}."));
        return fallback;
    }

    private Uri? Address(string name)
    {
        string? value = Value(name);
        if (value is null)
        {
            return null;
        }

        string text = value.Contains("://", StringComparison.Ordinal) ? value : $"http://{value}";
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https")
        {
            return address;
        }

        _problems.Add($"{name} is \"{value}\": set it to host:port, or leave it out for the real service.");
        return null;
    }

    private string? Value(string name) => _configuration[name] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    [GeneratedRegex(@"^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]\z")]
    private static partial Regex ProjectId();

    [GeneratedRegex(@"^[A-Za-z0-9_]{1,1024}\z")]
    private static partial Regex DatasetId();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9._~+%-]{2,254}\z")]
    private static partial Regex ResourceId();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9-]{1,39}\z")]
    private static partial Regex Location();

    [GeneratedRegex(@"^(pca|autoencoder|text)\z")]
    private static partial Regex ContentForm();

    [GeneratedRegex(@"^[a-z][a-z0-9-]+\.[A-Za-z0-9-]+\.[A-Za-z0-9_-]+\z")]
    private static partial Regex Connection();

    [GeneratedRegex(@"^(process|bigquery)\z")]
    private static partial Regex Trainer();

    [GeneratedRegex(@"^/.+\z")]
    private static partial Regex Folder();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]\z")]
    private static partial Regex BucketName();

    [GeneratedRegex(@"^(\(default\)|[a-z][a-z0-9-]{2,61}[a-z0-9])\z")]
    private static partial Regex DatabaseId();
}
