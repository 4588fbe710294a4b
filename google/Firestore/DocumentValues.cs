using Google.Cloud.Firestore.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Value = Google.Cloud.Firestore.V1.Value;

namespace Aisle.GoogleCloud.Firestore;

/// <summary>Turns the plain values of our documents into Firestore's.</summary>
internal static class DocumentValues
{
    /// <summary>A document's fields.</summary>
    /// <param name="name">The document's full resource name.</param>
    /// <param name="fields">Null, text, long, int, double, bool, instant, bytes, lists and maps of them.</param>
    public static Document Document(string name, IReadOnlyDictionary<string, object?> fields)
    {
        Document document = new() { Name = name };
        foreach ((string field, object? value) in fields)
        {
            document.Fields.Add(field, Of(value));
        }

        return document;
    }

    /// <exception cref="ArgumentException">The type has no counterpart.</exception>
    private static Value Of(object? value) => value switch
    {
        null => new Value { NullValue = NullValue.NullValue },
        string text => new Value { StringValue = text },
        long whole => new Value { IntegerValue = whole },
        int whole => new Value { IntegerValue = whole },
        double number => new Value { DoubleValue = number },
        float number => new Value { DoubleValue = number },
        bool truth => new Value { BooleanValue = truth },
        DateTimeOffset instant => new Value { TimestampValue = Timestamp.FromDateTimeOffset(instant) },
        byte[] bytes => new Value { BytesValue = ByteString.CopyFrom(bytes) },
        IReadOnlyDictionary<string, object?> map => new Value { MapValue = Map(map) },
        System.Collections.IEnumerable list => new Value { ArrayValue = new ArrayValue { Values = { list.Cast<object?>().Select(Of) } } },
        _ => throw new ArgumentException($"A document cannot hold a {value.GetType().Name}.", nameof(value)),
    };

    private static MapValue Map(IReadOnlyDictionary<string, object?> fields)
    {
        MapValue map = new();
        foreach ((string field, object? value) in fields)
        {
            map.Fields.Add(field, Of(value));
        }

        return map;
    }
}
