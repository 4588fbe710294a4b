using Google.Cloud.Firestore.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Value = Google.Cloud.Firestore.V1.Value;

namespace Aisle.GoogleCloud.Tests.Servers.Firestore;

/// <summary>What one write does to one document, and what Firestore refuses.</summary>
internal static class WriteRules
{
    private const int MaxDocumentBytes = 1024 * 1024;

    /// <summary>The full name of the document that a write is about.</summary>
    public static string NameOf(Write write) => write.OperationCase switch
    {
        Write.OperationOneofCase.Update => Checked(write.Update.Name),
        Write.OperationOneofCase.Delete => Checked(write.Delete),
        _ => throw Unimplemented($"a write of the kind {write.OperationCase}"),
    };

    /// <summary>The document after the write; null when it is gone.</summary>
    /// <exception cref="RpcException">The precondition does not hold, or the write is not valid.</exception>
    public static Document? Apply(Write write, Document? before, Timestamp now)
    {
        Check(write.CurrentDocument, before);
        if (write.OperationCase == Write.OperationOneofCase.Delete)
        {
            return null;
        }

        if (write.UpdateMask is not null || write.UpdateTransforms.Count > 0)
        {
            throw Unimplemented("an update mask or a transform");
        }

        Document after = write.Update.Clone();
        foreach (Value value in after.Fields.Values)
        {
            Normalize(value, insideArray: false);
        }

        if (after.CalculateSize() > MaxDocumentBytes)
        {
            throw Refused(StatusCode.InvalidArgument, $"The document is larger than {MaxDocumentBytes} bytes.");
        }

        bool unchanged = before is not null && before.Fields.Equals(after.Fields);
        after.CreateTime = before?.CreateTime ?? now;
        after.UpdateTime = unchanged ? before!.UpdateTime : now;
        return after;
    }

    public static RpcException Refused(StatusCode code, string message) => new(new Status(code, message));

    public static RpcException Unimplemented(string what) =>
        Refused(StatusCode.Unimplemented, $"This server does not know {what}; no adapter has needed it so far.");

    private static void Check(Precondition? precondition, Document? document)
    {
        switch (precondition?.ConditionTypeCase ?? Precondition.ConditionTypeOneofCase.None)
        {
            case Precondition.ConditionTypeOneofCase.Exists when precondition!.Exists && document is null:
                throw Refused(StatusCode.NotFound, "No document to update.");
            case Precondition.ConditionTypeOneofCase.Exists when !precondition!.Exists && document is not null:
                throw Refused(StatusCode.AlreadyExists, "The document exists already.");
            case Precondition.ConditionTypeOneofCase.UpdateTime when !precondition!.UpdateTime.Equals(document?.UpdateTime):
                throw Refused(StatusCode.FailedPrecondition, "The stored update time does not match.");
            default:
                return;
        }
    }

    /// <summary>As Firestore stores it: microseconds; and no array directly inside an array.</summary>
    private static void Normalize(Value value, bool insideArray)
    {
        switch (value.ValueTypeCase)
        {
            case Value.ValueTypeOneofCase.TimestampValue:
                value.TimestampValue.Nanos -= value.TimestampValue.Nanos % 1000;
                break;
            case Value.ValueTypeOneofCase.ArrayValue when insideArray:
                throw Refused(StatusCode.InvalidArgument, "An array cannot hold an array.");
            case Value.ValueTypeOneofCase.ArrayValue:
                value.ArrayValue.Values.ToList().ForEach(element => Normalize(element, insideArray: true));
                break;
            case Value.ValueTypeOneofCase.MapValue:
                value.MapValue.Fields.Values.ToList().ForEach(element => Normalize(element, insideArray: false));
                break;
            case Value.ValueTypeOneofCase.None:
                throw Refused(StatusCode.InvalidArgument, "A value has no type.");
            default:
                break;
        }
    }

    private static string Checked(string name)
    {
        string[] segments = name.Split('/');
        bool valid = segments is ["projects", _, "databases", _, "documents", ..] && segments.Length >= 7 && segments.Length % 2 == 1
            && segments.Skip(5).All(id => id.Length is > 0 and <= 1500 && id is not ("." or "..") && !(id.StartsWith("__", StringComparison.Ordinal) && id.EndsWith("__", StringComparison.Ordinal)));
        return valid ? name : throw Refused(StatusCode.InvalidArgument, $"\"{name}\" is no name of a document.");
    }
}
