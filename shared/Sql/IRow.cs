namespace Aisle.Sql;

/// <summary>One row of a query's answer, by column number from 0; null is SQL's NULL.</summary>
public interface IRow
{
    /// <summary>A STRING column.</summary>
    string? Text(int column);

    /// <summary>An INT64 column.</summary>
    /// <exception cref="OverflowException">The engine's value does not fit into 64 bits.</exception>
    long? Whole(int column);

    /// <summary>A FLOAT64 column.</summary>
    double? Number(int column);

    /// <summary>A BOOL column.</summary>
    bool? Truth(int column);

    /// <summary>A TIMESTAMP column, UTC.</summary>
    DateTimeOffset? Instant(int column);
}
