using System.Globalization;
using Aisle.Ports;

namespace Aisle.Testing.Fakes;

/// <summary>Documents by key with compare-and-set.</summary>
public sealed class InMemoryDocuments<T>
    where T : class
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, (T Value, long Tag)> _documents = new(StringComparer.Ordinal);

    public Versioned<T>? Read(string key)
    {
        lock (_lock)
        {
            return _documents.TryGetValue(key, out (T Value, long Tag) found) ? new Versioned<T>(found.Value, Text(found.Tag)) : null;
        }
    }

    public IReadOnlyList<Versioned<T>> ReadAll()
    {
        lock (_lock)
        {
            return [.. _documents.Values.Select(found => new Versioned<T>(found.Value, Text(found.Tag)))];
        }
    }

    public string? TryWrite(string key, T value, string? expectedTag)
    {
        lock (_lock)
        {
            string? present = _documents.TryGetValue(key, out (T Value, long Tag) found) ? Text(found.Tag) : null;
            if (present != expectedTag)
            {
                return null;
            }

            _documents[key] = (value, found.Tag + 1);
            return Text(found.Tag + 1);
        }
    }

    public void Delete(string key)
    {
        lock (_lock)
        {
            _documents.Remove(key);
        }
    }

    public bool TryDelete(string key, string expectedTag)
    {
        lock (_lock)
        {
            return _documents.TryGetValue(key, out (T Value, long Tag) found) && Text(found.Tag) == expectedTag && _documents.Remove(key);
        }
    }

    private static string Text(long tag) => tag.ToString(CultureInfo.InvariantCulture);
}
