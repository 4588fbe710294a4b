using System.Text.Json.Serialization;
using Aisle.Host.Importing;
using Aisle.Host.Limits;
using Aisle.Host.Scheduling;

namespace Aisle.Host.State;

/// <summary>How the host's own files are read and written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(KeyFile))]
[JsonSerializable(typeof(RunningHost))]
[JsonSerializable(typeof(ImportArguments))]
[JsonSerializable(typeof(ImportFault))]
[JsonSerializable(typeof(RequestLimits))]
[JsonSerializable(typeof(ScheduleOptions))]
[JsonSerializable(typeof(Dictionary<string, DateTimeOffset>))]
internal sealed partial class HostJson : JsonSerializerContext;
