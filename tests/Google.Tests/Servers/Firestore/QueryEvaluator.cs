using Google.Cloud.Firestore.V1;
using static Google.Cloud.Firestore.V1.StructuredQuery.Types;
using Operator = Google.Cloud.Firestore.V1.StructuredQuery.Types.FieldFilter.Types.Operator;

namespace Aisle.GoogleCloud.Tests.Servers.Firestore;

/// <summary>Evaluates structured queries: one collection, comparisons and members of lists joined by AND, orders with the name as last tie-breaker, a start
/// cursor, offset and limit, projection.</summary>
internal sealed class QueryEvaluator(string parent, StructuredQuery query)
{
    private const string NameField = "__name__";

    private static readonly Operator[] Known =
        [Operator.Equal, Operator.LessThan, Operator.LessThanOrEqual, Operator.GreaterThan, Operator.GreaterThanOrEqual, Operator.ArrayContains];

    private readonly IReadOnlyList<FieldFilter> _filters = [.. Filters(query.Where).Select(Checked)];

    /// <summary>The answer, in order.</summary>
    public IReadOnlyList<Document> Evaluate(IReadOnlyDictionary<string, Document> documents)
    {
        IReadOnlyList<Order> orders = Orders();
        IEnumerable<Document> found = documents.Values
            .Where(InCollection)
            .Where(document => _filters.All(filter => Holds(filter, document)))
            .Where(document => orders.All(order => Field(document, order.Field.FieldPath) is not null))
            .Order(Comparer<Document>.Create((left, right) => Compare(orders, left, right)))
            .Where(document => AfterStart(orders, document))
            .Skip(query.Offset)
            .Take(query.Limit ?? int.MaxValue);
        return query.EndAt is null ? [.. found.Select(Project)] : throw WriteRules.Unimplemented("an end cursor");
    }

    private bool InCollection(Document document)
    {
        CollectionSelector from = query.From.Single();
        string[] segments = document.Name.Split('/');
        return segments[^2] == from.CollectionId
            && (from.AllDescendants
                ? document.Name.StartsWith(parent + "/", StringComparison.Ordinal)
                : document.Name == $"{parent}/{from.CollectionId}/{segments[^1]}");
    }

    private static IEnumerable<FieldFilter> Filters(Filter? filter) => filter?.FilterTypeCase switch
    {
        null or Filter.FilterTypeOneofCase.None => [],
        Filter.FilterTypeOneofCase.FieldFilter => [filter.FieldFilter],
        Filter.FilterTypeOneofCase.CompositeFilter when filter.CompositeFilter.Op == CompositeFilter.Types.Operator.And =>
            filter.CompositeFilter.Filters.SelectMany(Filters),
        _ => throw WriteRules.Unimplemented($"a filter of the kind {filter.FilterTypeCase}"),
    };

    private static FieldFilter Checked(FieldFilter filter) =>
        Known.Contains(filter.Op) ? filter : throw WriteRules.Unimplemented($"the operator {filter.Op}");

    private static bool Holds(FieldFilter filter, Document document)
    {
        if (filter.Op == Operator.ArrayContains)
        {
            return Field(document, filter.Field.FieldPath)?.ArrayValue?.Values.Any(member => ValueOrder.SameKind(member, filter.Value) && ValueOrder.Instance.Compare(member, filter.Value) == 0) == true;
        }

        if (Field(document, filter.Field.FieldPath) is not { } value || !ValueOrder.SameKind(value, filter.Value))
        {
            return false;
        }

        int order = ValueOrder.Instance.Compare(value, filter.Value);
        return filter.Op switch
        {
            Operator.Equal => order == 0,
            Operator.LessThan => order < 0,
            Operator.LessThanOrEqual => order <= 0,
            Operator.GreaterThan => order > 0,
            _ => order >= 0,
        };
    }

    private List<Order> Orders()
    {
        List<Order> orders = [.. query.OrderBy];
        if (orders.Count == 0 && _filters.FirstOrDefault(filter => filter.Op is not (Operator.Equal or Operator.ArrayContains)) is { } inequality)
        {
            orders.Add(new Order { Field = inequality.Field, Direction = Direction.Ascending });
        }

        if (orders.All(order => order.Field.FieldPath != NameField))
        {
            orders.Add(new Order
            {
                Field = new FieldReference { FieldPath = NameField },
                Direction = orders.LastOrDefault()?.Direction ?? Direction.Ascending,
            });
        }

        return orders;
    }

    private static int Compare(IReadOnlyList<Order> orders, Document left, Document right)
    {
        foreach (Order order in orders)
        {
            int compared = Directed(order, Field(left, order.Field.FieldPath)!, Field(right, order.Field.FieldPath)!);
            if (compared != 0)
            {
                return compared;
            }
        }

        return 0;
    }

    private bool AfterStart(IReadOnlyList<Order> orders, Document document)
    {
        if (query.StartAt is not { } cursor)
        {
            return true;
        }

        for (int i = 0; i < cursor.Values.Count; i++)
        {
            int compared = Directed(orders[i], Field(document, orders[i].Field.FieldPath)!, cursor.Values[i]);
            if (compared != 0)
            {
                return compared > 0;
            }
        }

        return cursor.Before;
    }

    private static int Directed(Order order, Value left, Value right)
    {
        int compared = ValueOrder.Instance.Compare(left, right);
        return order.Direction == Direction.Descending ? -compared : compared;
    }

    private Document Project(Document document)
    {
        if (query.Select is null)
        {
            return document;
        }

        Document projected = new() { Name = document.Name, CreateTime = document.CreateTime, UpdateTime = document.UpdateTime };
        foreach (string path in query.Select.Fields.Select(field => field.FieldPath).Where(document.Fields.ContainsKey))
        {
            projected.Fields.Add(path, document.Fields[path]);
        }

        return projected;
    }

    private static Value? Field(Document document, string path)
    {
        if (path == NameField)
        {
            return new Value { ReferenceValue = document.Name };
        }

        return path.Contains('.', StringComparison.Ordinal)
            ? throw WriteRules.Unimplemented("a path into a map")
            : document.Fields.GetValueOrDefault(path.Trim('`'));
    }
}
