using System.Text.Json;
using Aisle.Candidates.Neighbours;
using Aisle.Candidates.Training;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Factorization;
using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Candidates.Storage;

/// <summary>A draft as a folder of files, one for each step of training. A file that is there is a step that is done.</summary>
internal static class DraftFiles
{
    /// <summary>Writes the named results.</summary>
    public static void Save(ModelDraft draft, IReadOnlySet<string> names, string folder)
    {
        Dictionary<string, Action<PartWriter>> writers = new()
        {
            [nameof(ModelDraft.Training)] = writer => WriteTraining(writer, draft.Training),
            [nameof(ModelDraft.Factors)] = writer => WriteFactors(writer, draft.Factors!),
            [nameof(ModelDraft.Embeddings)] = writer => ModelParts.Factors(writer, draft.Embeddings!),
            [nameof(ModelDraft.PlacedFactors)] = writer => ModelParts.Factors(writer, draft.PlacedFactors!),
            [nameof(ModelDraft.Popularity)] = writer => WritePopularity(writer, draft.Popularity!),
            [nameof(ModelDraft.Groups)] = writer => WriteGroups(writer, draft.Groups!),
            [nameof(ModelDraft.Habits)] = writer => HabitsPart.Write(writer, draft.Habits!),
        };
        foreach (string name in writers.Keys.Where(names.Contains))
        {
            string path = PathOf(folder, name);
            PartFile.Write(path + ".tmp", writers[name]);
            File.Move(path + ".tmp", path, overwrite: true);
        }
    }

    /// <summary>Reads what is there; null when there is no training set.</summary>
    public static ModelDraft? Load(string folder)
    {
        if (!File.Exists(PathOf(folder, nameof(ModelDraft.Training))))
        {
            return null;
        }

        ModelDraft draft = new(PartFile.Read(PathOf(folder, nameof(ModelDraft.Training)), ReadTraining));
        Read(folder, nameof(ModelDraft.Factors), reader => draft.Set(ReadFactors(reader)));
        Read(folder, nameof(ModelDraft.Embeddings), reader => draft.SetEmbeddings(ModelParts.Factors(reader)));
        Read(folder, nameof(ModelDraft.PlacedFactors), reader => draft.SetPlacedFactors(ModelParts.Factors(reader)));
        Read(folder, nameof(ModelDraft.Popularity), reader => draft.Set(new PopularityRanking(PopularityPart.Read(reader), reader.Array<ScoredIndex>())));
        Read(folder, nameof(ModelDraft.Groups), reader => draft.Set(ReadGroups(reader)));
        Read(folder, nameof(ModelDraft.Habits), reader => draft.Set(HabitsPart.Read(reader)));
        return draft;
    }

    private static void Read(string folder, string name, Action<PartReader> read)
    {
        if (File.Exists(PathOf(folder, name)))
        {
            PartFile.Read(PathOf(folder, name), reader =>
            {
                read(reader);
                return true;
            });
        }
    }

    private static string PathOf(string folder, string name) => Path.Combine(folder, $"draft-{name.ToLowerInvariant()}.bin");

    private static void WriteTraining(PartWriter writer, TrainingSet training)
    {
        writer.Number(training.AsOf.UtcTicks);
        writer.Number(training.NewestEventAt.UtcTicks);
        ProductPart.Write(writer, training.Products);
        writer.Texts([.. training.Products.Select(product => product.Description)]);
        writer.Texts([.. training.Users.Ids.Select(user => user.Value)]);
        ModelParts.Matrix(writer, training.Interactions);
        writer.Array<int>([.. training.RecentShoppers]);
        writer.Array<int>([.. training.EarlierShoppers]);
        writer.Number(training.UnknownProductRows);
        writer.Number(training.UselessRows);
    }

    private static TrainingSet ReadTraining(PartReader reader)
    {
        DateTimeOffset asOf = new(reader.Number<long>(), TimeSpan.Zero);
        DateTimeOffset newest = new(reader.Number<long>(), TimeSpan.Zero);
        Product[] products = ProductPart.Read(reader);
        string?[] descriptions = reader.Texts();
        return new TrainingSet
        {
            AsOf = asOf,
            NewestEventAt = newest,
            Products = [.. products.Select((product, index) => product with { Description = descriptions[index] })],
            Items = Vocabulary<ProductId>.FromSorted([.. products.Select(product => product.Id)]),
            Users = Vocabulary<UserId>.FromSorted([.. reader.Texts().Select(user => new UserId(user!))]),
            Interactions = ModelParts.Matrix(reader),
            RecentShoppers = reader.Array<int>(),
            EarlierShoppers = reader.Array<int>(),
            UnknownProductRows = reader.Number<long>(),
            UselessRows = reader.Number<long>(),
        };
    }

    private static void WriteFactors(PartWriter writer, FactorModel factors)
    {
        ModelParts.Factors(writer, factors.Users);
        ModelParts.Factors(writer, factors.Items);
        writer.Texts([JsonSerializer.Serialize(factors.Options, BundleJson.Default.IalsOptions)]);
    }

    private static FactorModel ReadFactors(PartReader reader) => new(
        ModelParts.Factors(reader),
        ModelParts.Factors(reader),
        JsonSerializer.Deserialize(reader.Texts()[0]!, BundleJson.Default.IalsOptions)!);

    private static void WritePopularity(PartWriter writer, PopularityRanking popularity)
    {
        PopularityPart.Write(writer, popularity.Table);
        writer.Array<ScoredIndex>([.. popularity.Trending]);
    }

    private static void WriteGroups(PartWriter writer, ItemGroups groups)
    {
        ModelParts.Neighbours(writer, groups.TouchedTogether);
        ModelParts.Neighbours(writer, groups.BoughtTogether);
        ModelParts.Matrix(writer, groups.Purchases);
        ModelParts.Matrix(writer, groups.Neighbours);
        ModelParts.Matrix(writer, groups.Walks);
    }

    private static ItemGroups ReadGroups(PartReader reader)
    {
        NeighbourLists touched = ModelParts.Neighbours(reader);
        NeighbourLists bought = ModelParts.Neighbours(reader);
        return new ItemGroups(touched, bought, ModelParts.Matrix(reader), ModelParts.Matrix(reader), ModelParts.Matrix(reader));
    }
}
