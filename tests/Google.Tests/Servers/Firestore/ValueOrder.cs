using Google.Cloud.Firestore.V1;

namespace Aisle.GoogleCloud.Tests.Servers.Firestore;

/// <summary>The order that Firestore's queries sort by: first by kind, then by value. Kinds that no adapter sorts by are refused.</summary>
internal sealed class ValueOrder : IComparer<Value>
{
    public static ValueOrder Instance { get; } = new();

    public int Compare(Value? left, Value? right)
    {
        int kind = Kind(left!).CompareTo(Kind(right!));
        return kind != 0 ? kind : CompareSameKind(left!, right!);
    }

    /// <summary>Whether two values can be compared by an inequality: only those of one kind can.</summary>
    public static bool SameKind(Value left, Value right) => Kind(left) == Kind(right);

    private static int CompareSameKind(Value left, Value right) => left.ValueTypeCase switch
    {
        Value.ValueTypeOneofCase.NullValue => 0,
        Value.ValueTypeOneofCase.BooleanValue => left.BooleanValue.CompareTo(right.BooleanValue),
        Value.ValueTypeOneofCase.IntegerValue when right.ValueTypeCase == Value.ValueTypeOneofCase.IntegerValue =>
            left.IntegerValue.CompareTo(right.IntegerValue),
        Value.ValueTypeOneofCase.IntegerValue or Value.ValueTypeOneofCase.DoubleValue => Number(left).CompareTo(Number(right)),
        Value.ValueTypeOneofCase.TimestampValue => left.TimestampValue.CompareTo(right.TimestampValue),
        Value.ValueTypeOneofCase.StringValue => CompareUtf8(left.StringValue, right.StringValue),
        Value.ValueTypeOneofCase.ReferenceValue => CompareUtf8(left.ReferenceValue, right.ReferenceValue),
        _ => throw WriteRules.Unimplemented($"an order of {left.ValueTypeCase}"),
    };

    private static int CompareUtf8(string left, string right) =>
        System.Text.Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(right));

    private static double Number(Value value) =>
        value.ValueTypeCase == Value.ValueTypeOneofCase.IntegerValue ? value.IntegerValue : value.DoubleValue;

    private static int Kind(Value value) => value.ValueTypeCase switch
    {
        Value.ValueTypeOneofCase.NullValue => 0,
        Value.ValueTypeOneofCase.BooleanValue => 1,
        Value.ValueTypeOneofCase.IntegerValue or Value.ValueTypeOneofCase.DoubleValue => 2,
        Value.ValueTypeOneofCase.TimestampValue => 3,
        Value.ValueTypeOneofCase.StringValue => 4,
        Value.ValueTypeOneofCase.BytesValue => 5,
        Value.ValueTypeOneofCase.ReferenceValue => 6,
        Value.ValueTypeOneofCase.GeoPointValue => 7,
        Value.ValueTypeOneofCase.ArrayValue => 8,
        _ => 9,
    };
}
