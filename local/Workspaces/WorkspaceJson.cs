using System.Text.Json.Serialization;

namespace Aisle.Local.Workspaces;

/// <summary>How <c>workspace.json</c> is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(WorkspaceInfo))]
internal sealed partial class WorkspaceJson : JsonSerializerContext;
