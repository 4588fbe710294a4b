using System.Text.Json;
using Aisle.Events.Rules;

namespace Aisle.Events.Wire;

/// <summary>The fields that an object of a wire form may have. A misspelt one would be lost without a word, and of two of one name
/// nobody knows which was meant, so both are told.</summary>
/// <param name="names">Their wire names, at most 64.</param>
public sealed class KnownFields(params IReadOnlyList<string> names)
{
    /// <summary>The most unknown fields that are told of one object.</summary>
    public const int MaxUnknown = 20;

    private const int MaxEchoed = 60;

    private readonly string _all = string.Join(", ", names);

    /// <summary>Tells what the object should not have.</summary>
    /// <param name="json">An object.</param>
    /// <param name="faults">Grows by one entry a field that is unknown or given more than once.</param>
    public void Check(JsonElement json, List<EventFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        ulong seen = 0;
        ulong told = 0;
        HashSet<string>? unknown = null;
        foreach (JsonProperty property in json.EnumerateObject())
        {
            int place = PlaceOf(property);
            if (place < 0)
            {
                unknown ??= [];
                AddUnknown(property.Name, unknown, faults);
                continue;
            }

            ulong bit = 1ul << place;
            if ((seen & bit & ~told) != 0)
            {
                told |= bit;
                faults.Add(new EventFault(names[place], "given more than once", "Send each field once."));
            }

            seen |= bit;
        }
    }

    private int PlaceOf(JsonProperty property)
    {
        for (int place = 0; place < names.Count; place++)
        {
            if (property.NameEquals(names[place]))
            {
                return place;
            }
        }

        return -1;
    }

    private void AddUnknown(string name, HashSet<string> unknown, List<EventFault> faults)
    {
        if (unknown.Count < MaxUnknown && unknown.Add(name))
        {
            faults.Add(new EventFault(name.Length <= MaxEchoed ? name : name[..MaxEchoed], "unknown", $"Leave it out, or correct its name: {_all}."));
        }
    }
}
