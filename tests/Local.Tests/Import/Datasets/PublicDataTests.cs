using Aisle.Local.Import;
using Aisle.Local.Import.Datasets;
using Aisle.Local.Import.Files;
using Aisle.Local.Import.Outcome;
using Aisle.Testing;

namespace Aisle.Local.Tests.Import.Datasets;

/// <summary>Whole public files through their importers, where they are at hand: every row is accounted for.</summary>
public sealed class PublicDataTests
{
    [Theory]
    [InlineData("uci_online_retail", "dev_2010-12_to_2011-08.csv.gz", "uci-online-retail", 320_705)]
    [InlineData("retailrocket", "multibehavior_events.csv.gz", "retailrocket", 99_555)]
    [InlineData("completejourney", "products.csv.gz", "complete-journey", 92_331)]
    [InlineData("completejourney", "transactions_sample.csv.gz", "complete-journey", 100_000)]
    [InlineData("completejourney", "demographics.csv.gz", "complete-journey", 801)]
    [InlineData("movielens_latest_small", "movies.csv.gz", "movielens", 9_125)]
    [InlineData("movielens_latest_small", "ratings.csv.gz", "movielens", 100_004)]
    [InlineData("amazon_musical_instruments_2014_reviews", "reviews.csv.gz", "amazon-reviews", 10_261)]
    [InlineData("amazon_seq_games", "sequences.csv.gz", "amazon-sequences", 50_546)]
    [InlineData("amazon_s3rec", "Toys_and_Games_sequences.txt.gz", "amazon-sequences", 19_412)]
    [InlineData("amazon_titles_office", "items.csv.gz", "amazon-sequences", 3_459)]
    public async Task A_public_file_is_told_by_looking_and_read_to_its_last_row(string folder, string name, string format, long rows)
    {
        using DatasetFile file = DatasetFile.Open(PublicData.Require(folder, name));
        IDatasetImporter importer = Assert.IsType<IDatasetImporter>(DatasetImporters.Detect(file), exactMatch: false);
        using IDatasetReading reading = importer.Open(file, ImportedText.Options);
        ImportSummary summary = new();
        await foreach (ImportedRow row in reading.RowsAsync(TestContext.Current.CancellationToken))
        {
            summary.Add(row);
        }

        Assert.Equal(format, importer.Name);
        Assert.Equal(rows, summary.Rows);
    }

    [Fact]
    public async Task Complete_journeys_sales_add_up_to_those_of_the_file()
    {
        using DatasetFile file = DatasetFile.Open(PublicData.Require("completejourney", "transactions_sample.csv.gz"));
        using IDatasetReading reading = new CompleteJourneyImporter().Open(file, ImportedText.Options);
        ImportSummary summary = new();
        await foreach (ImportedRow row in reading.RowsAsync(TestContext.Current.CancellationToken))
        {
            summary.Add(row);
        }

        Assert.Equal(31_275_323, summary.RevenueMinor["USD"]);
        Assert.Equal(577, summary.RejectedRows);
    }
}
