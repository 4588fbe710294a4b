using Google.Cloud.Firestore.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using FirestoreWire = Google.Cloud.Firestore.V1.Firestore;

namespace Aisle.GoogleCloud.Tests.Servers.Firestore;

/// <summary>Firestore's own service, over documents in memory. What it does not know it refuses; it never answers wrongly.</summary>
internal sealed class FirestoreService(DocumentStore store, TransactionLog transactions, FaultPlan faults) : FirestoreWire.FirestoreBase
{
    private const int MaxBatchWrites = 500;

    public override async Task BatchGetDocuments(
        BatchGetDocumentsRequest request, IServerStreamWriter<BatchGetDocumentsResponse> responseStream, ServerCallContext context)
    {
        faults.Meet(nameof(BatchGetDocuments));
        (IReadOnlyDictionary<string, Document> documents, Timestamp readAt) = store.Snapshot();
        foreach (string name in request.Documents.Distinct())
        {
            Document? found = documents.GetValueOrDefault(name);
            if (!request.Transaction.IsEmpty)
            {
                transactions.Read(request.Transaction, name, found);
            }

            await responseStream.WriteAsync(found is null
                ? new BatchGetDocumentsResponse { Missing = name, ReadTime = readAt }
                : new BatchGetDocumentsResponse { Found = Mask(found, request.Mask), ReadTime = readAt });
        }
    }

    public override async Task RunQuery(RunQueryRequest request, IServerStreamWriter<RunQueryResponse> responseStream, ServerCallContext context)
    {
        faults.Meet(nameof(RunQuery));
        (IReadOnlyDictionary<string, Document> documents, Timestamp readAt) = store.Snapshot();
        QueryEvaluator evaluator = new(request.Parent, request.StructuredQuery);
        IReadOnlyList<Document> found = evaluator.Evaluate(documents);
        if (!request.Transaction.IsEmpty)
        {
            transactions.Read(request.Transaction, evaluator, found);
        }

        foreach (Document document in found)
        {
            await responseStream.WriteAsync(new RunQueryResponse { Document = document, ReadTime = readAt });
        }

        await responseStream.WriteAsync(new RunQueryResponse { ReadTime = readAt });
    }

    public override Task<BeginTransactionResponse> BeginTransaction(BeginTransactionRequest request, ServerCallContext context) =>
        Task.FromResult(new BeginTransactionResponse { Transaction = transactions.Begin() });

    public override Task<CommitResponse> Commit(CommitRequest request, ServerCallContext context)
    {
        faults.Meet(nameof(Commit));
        return Task.FromResult(store.Commit(request.Writes, transactions.Close(request.Transaction)));
    }

    public override Task<Empty> Rollback(RollbackRequest request, ServerCallContext context)
    {
        transactions.Forget(request.Transaction);
        return Task.FromResult(new Empty());
    }

    public override Task<BatchWriteResponse> BatchWrite(BatchWriteRequest request, ServerCallContext context)
    {
        faults.Meet(nameof(BatchWrite));
        if (request.Writes.Count > MaxBatchWrites || request.Writes.Select(WriteRules.NameOf).Distinct().Count() < request.Writes.Count)
        {
            throw WriteRules.Refused(StatusCode.InvalidArgument, $"A batch has at most {MaxBatchWrites} writes, no two of one document.");
        }

        BatchWriteResponse response = new();
        foreach (Write write in request.Writes)
        {
            (WriteResult result, Google.Rpc.Status status) = WriteOne(write);
            response.WriteResults.Add(result);
            response.Status.Add(status);
        }

        return Task.FromResult(response);
    }

    private (WriteResult Result, Google.Rpc.Status Status) WriteOne(Write write)
    {
        try
        {
            faults.Meet("write");
            return (store.Commit([write], static _ => { }).WriteResults[0], new Google.Rpc.Status());
        }
        catch (RpcException refused)
        {
            return (new WriteResult(), new Google.Rpc.Status { Code = (int)refused.StatusCode, Message = refused.Status.Detail });
        }
    }

    private static Document Mask(Document document, DocumentMask? mask)
    {
        if (mask is null)
        {
            return document;
        }

        Document masked = new() { Name = document.Name, CreateTime = document.CreateTime, UpdateTime = document.UpdateTime };
        foreach (string path in mask.FieldPaths.Where(document.Fields.ContainsKey))
        {
            masked.Fields.Add(path, document.Fields[path]);
        }

        return masked;
    }
}
