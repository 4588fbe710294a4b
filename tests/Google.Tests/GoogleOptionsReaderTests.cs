using Microsoft.Extensions.Configuration;

namespace Aisle.GoogleCloud.Tests;

public sealed class GoogleOptionsReaderTests
{
    private readonly Dictionary<string, string?> _variables = new()
    {
        ["GOOGLE_CLOUD_PROJECT"] = "my-shop-1",
        ["AISLE_DATASET"] = "aisle",
        ["AISLE_EVENTS_TOPIC"] = "aisle-events",
        ["AISLE_MODELS_FOLDER"] = "/models",
    };

    [Fact]
    public void Four_variables_are_enough()
    {
        GoogleOptions options = Read();

        Assert.Equal(("my-shop-1", "aisle", "aisle-events", "(default)"), (options.ProjectId, options.Dataset, options.EventsTopic, options.FirestoreDatabase));
        Assert.Null(options.EventsSubscription);
        Assert.Null(options.BigQueryEmulator);
    }

    [Fact]
    public void All_that_is_missing_is_named_at_once()
    {
        _variables.Clear();

        string message = Assert.Throws<InvalidOperationException>(Read).Message;

        Assert.All(["GOOGLE_CLOUD_PROJECT is not set", "AISLE_DATASET is not set", "AISLE_EVENTS_TOPIC is not set", "AISLE_MODELS_FOLDER is not set"], name => Assert.Contains(name, message));
    }

    [Theory]
    [InlineData("GOOGLE_CLOUD_PROJECT", "My Shop")]
    [InlineData("AISLE_DATASET", "aisle`; DROP TABLE x")]
    [InlineData("AISLE_EVENTS_TOPIC", "projects/p/topics/t")]
    [InlineData("AISLE_EVENTS_SUBSCRIPTION", "a b")]
    [InlineData("AISLE_ALERTS_TOPIC", "1")]
    [InlineData("AISLE_MODELS_FOLDER", "models")]
    [InlineData("AISLE_FIRESTORE_DATABASE", "UPPER")]
    [InlineData("AISLE_MAXIMUM_BYTES_BILLED", "1e9")]
    [InlineData("AISLE_MAXIMUM_BYTES_BILLED", "1")]
    [InlineData("AISLE_QUERY_PAGE_ROWS", "-5")]
    [InlineData("BIGQUERY_EMULATOR_HOST", "::::")]
    public void A_malformed_variable_is_named_with_its_value_and_the_remedy(string name, string value)
    {
        _variables[name] = value;

        string message = Assert.Throws<InvalidOperationException>(Read).Message;

        Assert.Contains($"{name} is \"{value}\"", message);
        Assert.Contains("set it to", message);
    }

    [Fact]
    public void An_emulator_is_given_as_host_and_port()
    {
        _variables["BIGQUERY_EMULATOR_HOST"] = "localhost:9050";

        Assert.Equal(new Uri("http://localhost:9050"), Read().BigQueryEmulator);
    }

    private GoogleOptions Read() => GoogleOptionsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(_variables).Build());
}
