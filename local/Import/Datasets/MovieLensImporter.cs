using System.Text.RegularExpressions;
using Aisle.Catalogue;
using Aisle.Events.Rules;
using Aisle.Events.Wire;
using Aisle.Local.Import.Files;
using Aisle.Local.Import.Reading;
using Aisle.Local.Import.Rows;

namespace Aisle.Local.Import.Datasets;

/// <summary>MovieLens (GroupLens): ratings with Unix times, and in a file of its own titles and genres.</summary>
/// <remarks>
/// Ratings: userId, movieId, rating, timestamp. Films are not bought: a rating of 4 and more counts as a purchase (without an amount), 3
/// and 3.5 as a click, less as a view, so that liking weighs more than seeing. Films: movieId, title, genres (with | between them); the
/// first genre is the category, all are tags.
/// </remarks>
public sealed partial class MovieLensImporter : IDatasetImporter
{
    private static readonly string[] RatingColumns = ["userId", "movieId", "rating", "timestamp"];
    private static readonly string[] FilmColumns = ["movieId", "title", "genres"];

    /// <inheritdoc/>
    public string Name => "movielens";

    /// <inheritdoc/>
    public bool Recognizes(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return head.HasColumns(RatingColumns) || head.HasColumns(FilmColumns);
    }

    /// <inheritdoc/>
    public IDatasetReading Open(DatasetFile file, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        CsvRows rows = new(file.Text(options.Encoding), Name, "movieId");
        bool isFilms = rows.Has("genres") || rows.Has("title");
        RequiredColumns.Check(rows, Name, isFilms ? FilmColumns : RatingColumns);
        RowMaker maker = new(rows, options);
        return new RowsReading(rows, isFilms ? new SingleRowReader(() => Film(rows, maker)) : new RatingReader(rows, maker));
    }

    private static ImportedRow Film(CsvRows rows, RowMaker maker)
    {
        string[] genres = [.. rows["genres"].Split('|', StringSplitOptions.RemoveEmptyEntries).Where(genre => genre != "(no genres listed)")];
        return maker.Product("film", new RawProduct
        {
            ProductId = FieldText.OrNull(rows["movieId"]),
            Title = FieldText.OrNull(rows["title"]),
            Category = genres.FirstOrDefault(),
            Tags = Year().Match(rows["title"]) is { Success: true } year ? [.. genres, year.Groups[1].Value] : genres,
        });
    }

    [GeneratedRegex(@"\((\d{4})\)$")]
    private static partial Regex Year();

    private sealed class RatingReader(CsvRows rows, RowMaker maker) : IRowReader
    {
        private readonly NamedProducts _products = new();

        public IReadOnlyCollection<Product> Products => _products.All;

        public IEnumerable<ImportedRow> Read()
        {
            List<EventFault> faults = [];
            decimal? rating = RowMaker.Amount("rating", rows["rating"], faults);
            if (rating is null or < 0 or > 5 && faults.Count == 0)
            {
                faults.Add(new EventFault("rating", "not from 0 to 5", "MovieLens rates from 0.5 to 5."));
            }

            string type = rating switch { >= 4 => "purchase", >= 3 => "click", _ => "view" };
            string kind = rating switch { >= 4 => "rating of 4 and more, as purchase", >= 3 => "rating of 3 and 3.5, as click", _ => "rating below 3, as view" };
            ImportedRow row = maker.Event(kind, new RawEvent
            {
                EventId = EventKey.Of("ml", rows["userId"], rows["movieId"], rows["timestamp"]),
                UserId = FieldText.OrNull(rows["userId"]),
                EventType = type,
                ProductId = FieldText.OrNull(rows["movieId"]),
                EventTimestamp = maker.Time("timestamp", rows["timestamp"], faults),
            }, faults);
            _products.AddIdOf(row);

            return [row];
        }
    }
}
