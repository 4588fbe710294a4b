using System.Text.Json;
using Aisle.Catalogue;
using Aisle.ColdStart;
using Aisle.Content;
using Aisle.Events;
using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Candidates.Storage;

/// <summary>A bundle as a folder of files. The same bundle always gives the same bytes.</summary>
internal static class BundleFiles
{
    private const string Products = "products.bin";
    private const string ItemFactors = "item-factors.bin";
    private const string Content = "content.bin";
    private const string Popularity = "popularity.bin";
    private const string ItemNeighbours = "item-neighbours.bin";
    private const string UserNeighbours = "user-neighbours.bin";
    private const string Habits = "habits.bin";

    private static readonly string[] Names = [Products, ItemFactors, Content, Popularity, ItemNeighbours, UserNeighbours, Habits];

    /// <summary>Writes all parts and then the manifest.</summary>
    public static void Save(ModelBundle bundle, string folder)
    {
        Directory.CreateDirectory(folder);
        string manifestPath = Path.Combine(folder, BundleManifest.FileName);
        File.Delete(manifestPath);
        PartFile.Write(Path.Combine(folder, Products), writer => ProductPart.Write(writer, bundle.Products));
        PartFile.Write(Path.Combine(folder, ItemFactors), writer => ModelParts.Factors(writer, bundle.ItemFactors));
        PartFile.Write(Path.Combine(folder, Content), writer => ModelParts.Factors(writer, bundle.Content.Embeddings));
        PartFile.Write(Path.Combine(folder, Popularity), writer =>
        {
            PopularityPart.Write(writer, bundle.Popularity);
            writer.Array<ScoredIndex>([.. bundle.Trending]);
        });
        PartFile.Write(Path.Combine(folder, ItemNeighbours), writer =>
        {
            ModelParts.Neighbours(writer, bundle.TouchedTogether);
            ModelParts.Neighbours(writer, bundle.BoughtTogether);
            ModelParts.Matrix(writer, bundle.Walks);
        });
        PartFile.Write(Path.Combine(folder, UserNeighbours), writer =>
        {
            ModelParts.Matrix(writer, bundle.Neighbours);
            ModelParts.Matrix(writer, bundle.NeighboursByItem);
        });
        PartFile.Write(Path.Combine(folder, Habits), writer => HabitsPart.Write(writer, bundle.Habits));
        File.WriteAllBytes(manifestPath, JsonSerializer.SerializeToUtf8Bytes(ManifestOf(bundle, folder), BundleJson.Default.BundleManifest));
    }

    /// <summary>Verifies and reads all parts.</summary>
    public static ModelBundle Load(string folder)
    {
        BundleManifest manifest = ReadManifest(folder);
        Product[] products = PartFile.Read(PathOf(folder, manifest, Products), ProductPart.Read);
        (PopularityTable popularity, ScoredIndex[] trending) = PartFile.Read(
            PathOf(folder, manifest, Popularity), reader => (PopularityPart.Read(reader), reader.Array<ScoredIndex>()));
        (var touched, var bought, InteractionMatrix walks) = PartFile.Read(
            PathOf(folder, manifest, ItemNeighbours), reader => (ModelParts.Neighbours(reader), ModelParts.Neighbours(reader), ModelParts.Matrix(reader)));
        (InteractionMatrix users, InteractionMatrix byItem) = PartFile.Read(
            PathOf(folder, manifest, UserNeighbours), reader => (ModelParts.Matrix(reader), ModelParts.Matrix(reader)));
        ModelBundle bundle = new()
        {
            Version = manifest.Version,
            AsOf = manifest.AsOf,
            NewestEventAt = manifest.NewestEventAt,
            TrainedAt = manifest.TrainedAt,
            Factorization = manifest.Factors,
            Feedback = manifest.Feedback,
            Learnt = manifest.Learnt,
            Products = products,
            Items = Vocabulary<ProductId>.FromSorted([.. products.Select(product => product.Id)]),
            ItemFactors = PartFile.Read(PathOf(folder, manifest, ItemFactors), ModelParts.Factors),
            Content = new ContentModel(PartFile.Read(PathOf(folder, manifest, Content), ModelParts.Factors)),
            Popularity = popularity,
            Trending = trending,
            TouchedTogether = touched,
            BoughtTogether = bought,
            Walks = walks,
            Neighbours = users,
            NeighboursByItem = byItem,
            Habits = manifest.Parts.ContainsKey(Habits) ? PartFile.Read(PathOf(folder, manifest, Habits), HabitsPart.Read) : ShopHabits.None, // models of before have none
        };
        return CheckSizes(bundle, folder);
    }

    /// <summary>Verifies all parts, one after the other, and keeps none.</summary>
    public static string Verify(string folder)
    {
        BundleManifest manifest = ReadManifest(folder);
        foreach (string name in Names)
        {
            PartFile.Verify(PathOf(folder, manifest, name));
        }

        return manifest.Version;
    }

    private static ModelBundle CheckSizes(ModelBundle bundle, string folder)
    {
        int[] sizes =
        [
            bundle.ItemFactors.Count, bundle.Content.Embeddings.Count, bundle.Popularity.Ranking.Count, bundle.TouchedTogether.Count,
            bundle.BoughtTogether.Count, bundle.Walks.UserCount, bundle.Walks.ItemCount, bundle.Neighbours.ItemCount, bundle.NeighboursByItem.UserCount,
        ];
        return sizes.All(size => size == bundle.Products.Count)
            ? bundle
            : throw PartFile.Damaged(Path.Combine(folder, Products), "has another number of products than the other parts");
    }

    private static BundleManifest ManifestOf(ModelBundle bundle, string folder) => new()
    {
        Format = PartFile.FormatVersion,
        Version = bundle.Version,
        AsOf = bundle.AsOf,
        NewestEventAt = bundle.NewestEventAt,
        TrainedAt = bundle.TrainedAt,
        Factors = bundle.Factorization,
        Feedback = bundle.Feedback,
        Learnt = bundle.Learnt,
        Parts = new(Names.ToDictionary(name => name, name => PartFile.Digest(Path.Combine(folder, name))), StringComparer.Ordinal),
    };

    private static BundleManifest ReadManifest(string folder)
    {
        string path = Path.Combine(folder, BundleManifest.FileName);
        if (!File.Exists(path))
        {
            throw PartFile.Damaged(path, "is missing");
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), BundleJson.Default.BundleManifest)
                ?? throw PartFile.Damaged(path, "is empty");
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException(PartFile.Damaged(path, "is no manifest").Message, problem);
        }
    }

    /// <summary>Where a part lies, once it is known to be the one that the manifest means.</summary>
    private static string PathOf(string folder, BundleManifest manifest, string name)
    {
        string path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            throw PartFile.Damaged(path, "is missing");
        }

        return manifest.Parts.TryGetValue(name, out string? digest) && PartFile.Digest(path) == digest
            ? path
            : throw PartFile.Damaged(path, "is not the file that the manifest names");
    }
}
