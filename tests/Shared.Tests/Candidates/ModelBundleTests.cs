using Aisle.Candidates;
using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Storage;
using Aisle.Candidates.Training;
using Aisle.Testing;

namespace Aisle.Tests.Candidates;

public sealed class ModelBundleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aisle-bundle-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_saved_bundle_comes_back_and_recommends_the_same()
    {
        ModelBundle bundle = TwoTopicShop.Bundle();
        bundle.Save(_folder);

        ModelBundle loaded = ModelBundle.Load(_folder);

        Assert.Equal((bundle.Version, bundle.AsOf, bundle.NewestEventAt, bundle.TrainedAt), (loaded.Version, loaded.AsOf, loaded.NewestEventAt, loaded.TrainedAt));
        Assert.Equal(bundle.Factorization, loaded.Factorization);
        Assert.Equal(bundle.Feedback, loaded.Feedback);
        Assert.Equal(bundle.Products.Select(Fields), loaded.Products.Select(Fields));
        Assert.All(loaded.Products, product => Assert.Null(product.Description));
        foreach (int touched in new[] { 0, 1, 4, 8 })
        {
            Assert.Equal(Listed(bundle, touched), Listed(loaded, touched));
        }
    }

    [Fact]
    public void The_same_data_gives_the_same_bytes()
    {
        TwoTopicShop.Bundle().Save(Path.Combine(_folder, "a"));
        TwoTopicShop.Bundle().Save(Path.Combine(_folder, "b"));

        Assert.All(Directory.GetFiles(Path.Combine(_folder, "a")), file =>
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(_folder, "b", Path.GetFileName(file)))));
    }

    [Fact]
    public void A_damaged_bundle_is_refused_by_the_name_of_the_file()
    {
        TwoTopicShop.Bundle().Save(_folder);
        foreach (string file in Directory.GetFiles(_folder))
        {
            byte[] whole = File.ReadAllBytes(file);
            foreach (byte[] damaged in Damages(whole))
            {
                File.WriteAllBytes(file, damaged);
                InvalidDataException problem = Assert.Throws<InvalidDataException>(() => ModelBundle.Load(_folder));
                Assert.Contains(Path.GetFileName(file), problem.Message);
                Assert.Equal(problem.Message, Assert.Throws<InvalidDataException>(() => ModelBundle.Verify(_folder)).Message);
            }

            File.Delete(file);
            Assert.Contains(Path.GetFileName(file), Assert.Throws<InvalidDataException>(() => ModelBundle.Load(_folder)).Message);
            File.WriteAllBytes(file, whole);
        }

        Assert.Equal(ModelBundle.Load(_folder).Version, ModelBundle.Verify(_folder));
    }

    [Fact]
    public void A_part_of_another_bundle_is_refused()
    {
        TwoTopicShop.Bundle().Save(_folder);
        string other = Path.Combine(_folder, "other");
        TwoTopicShop.Bundle(text: false).Save(other);
        File.Copy(Path.Combine(other, "content.bin"), Path.Combine(_folder, "content.bin"), overwrite: true);

        Assert.Contains("content.bin", Assert.Throws<InvalidDataException>(() => ModelBundle.Load(_folder)).Message);
    }

    [Fact]
    public void A_broken_off_draft_goes_on_where_it_stopped_and_ends_in_the_same_bundle()
    {
        ModelBundleTrainer trainer = new(TwoTopicShop.Recipe);
        ModelDraft begun = new(TwoTopicShop.Training());
        trainer.TrainFactors(begun, null, CancellationToken.None);
        begun.Save(Path.Combine(_folder, "run"));

        ModelDraft resumed = ModelDraft.Load(Path.Combine(_folder, "run"))!;
        Assert.NotNull(resumed.Factors);
        Assert.Null(resumed.Embeddings);
        trainer.EmbedContent(resumed, CancellationToken.None);
        trainer.PlaceNewProducts(resumed, CancellationToken.None);
        trainer.RankPopularity(resumed, TwoTopicShop.CohortOf);
        resumed.Save(Path.Combine(_folder, "run"));
        resumed = ModelDraft.Load(Path.Combine(_folder, "run"))!;
        trainer.FindNeighbours(resumed, TwoTopicShop.OrderLines, CancellationToken.None);
        resumed.Save(Path.Combine(_folder, "run"));

        trainer.Finish(ModelDraft.Load(Path.Combine(_folder, "run"))!, "v1", TwoTopicShop.AsOf.AddHours(1)).Save(Path.Combine(_folder, "a"));
        TwoTopicShop.Bundle().Save(Path.Combine(_folder, "b"));
        Assert.Equal(File.ReadAllText(Path.Combine(_folder, "b", "manifest.json")), File.ReadAllText(Path.Combine(_folder, "a", "manifest.json")));
    }

    [Fact]
    public void Visits_and_intervals_come_back_and_a_model_of_before_has_none()
    {
        TwoTopicShop.Bundle(habits: TwoTopicShop.Habits()).Save(_folder);
        ModelBundle read = ModelBundle.Load(_folder);
        Assert.Equal(20, read.Habits.Sessions.Count);
        Assert.All(read.Habits.Sessions, visit => Assert.Equal([4, 35], visit.Items));
        Assert.Equal(TimeSpan.FromDays(10), read.Habits.Reorders.Of("Kitchen"));

        string manifest = Path.Combine(_folder, "manifest.json");
        string[] lines = [.. File.ReadAllLines(manifest).Where(line => !line.Contains("habits.bin", StringComparison.Ordinal))];
        File.WriteAllLines(manifest, lines);
        Assert.Empty(ModelBundle.Load(_folder).Habits.Sessions);
    }

    [Fact]
    public void A_step_that_was_left_out_is_named()
    {
        ModelDraft draft = new(TwoTopicShop.Training());

        InvalidOperationException problem = Assert.Throws<InvalidOperationException>(
            () => new ModelBundleTrainer(TwoTopicShop.Recipe).PlaceNewProducts(draft, CancellationToken.None));
        Assert.Contains(nameof(ModelBundleTrainer.TrainFactors), problem.Message);
    }

    [Fact]
    public void There_is_no_draft_in_an_empty_folder() => Assert.Null(ModelDraft.Load(_folder));

    [Fact]
    public void Texts_of_all_kinds_survive_a_part()
    {
        string?[] texts = ["", null, "a", "青い 😀", null, new string('x', 5000)];
        string path = Path.Combine(_folder, "part.bin");
        PartFile.Write(path, writer => writer.Texts(texts));

        Assert.Equal(texts, PartFile.Read(path, reader => reader.Texts()));
    }

    /// <summary>Cut short at several places, one byte turned at several places, one byte too many.</summary>
    private static IEnumerable<byte[]> Damages(byte[] whole)
    {
        foreach (int length in new[] { 0, 7, 39, whole.Length / 2, whole.Length - 1 })
        {
            yield return whole[..length];
        }

        // A manifest is text that a person may read; there, breaking the first bracket is enough.
        foreach (int place in whole[0] == '{' ? [0] : new[] { 0, 8, 17, 25, 41, whole.Length / 2, whole.Length - 1 })
        {
            byte[] turned = [.. whole];
            turned[place] ^= 0x55;
            yield return turned;
        }

        yield return [.. whole, 1];
    }

    private static string Fields(Catalogue.Product product) => string.Join('|', product.Id, product.Title, product.Category, product.Subcategory,
        product.Brand, product.PriceMinor, product.Currency, string.Join(',', product.Tags), product.CreatedDate, product.ImageUrl, product.InStock);

    private static IReadOnlyList<ScoredItem> Listed(ModelBundle bundle, int touched) => new HybridRecommender(bundle, TwoTopicShop.Recipe.Hybrid)
        .Recommend(TwoTopicShop.History([.. Enumerable.Range(0, touched)]), 20, TwoTopicShop.AsOf, null).Items;
}
