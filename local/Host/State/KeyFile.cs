using System.Security.Cryptography;
using System.Text.Json;
using Aisle.Host.Cli;
using Aisle.Http;
using Aisle.Local.Workspaces;

namespace Aisle.Host.State;

/// <summary>The shop's secrets: two API keys for each role, so that one can be rotated while the other works, and
/// the key of the pseudonyms.</summary>
/// <param name="PseudonymKey">Base64 of 32 bytes. Changing it makes every shopper a stranger.</param>
/// <param name="ApiKeys">Keys by role, lower case.</param>
internal sealed record KeyFile(string PseudonymKey, IReadOnlyDictionary<string, string[]> ApiKeys)
{
    private static readonly ApiRole[] Roles = [ApiRole.Collector, ApiRole.Storefront, ApiRole.Analyst, ApiRole.Operator];

    /// <summary>The keys of a state folder; made on the first start, readable by the owner only.</summary>
    /// <exception cref="UsageException">The file is damaged, or gone from a folder that holds a shop: with new keys its shoppers would be strangers, and
    /// nobody could be erased.</exception>
    public static KeyFile LoadOrCreate(string folder)
    {
        string path = Workspace.KeysFileOf(folder);
        if (!File.Exists(path))
        {
            if (Workspace.HoldsShop(folder))
            {
                throw new UsageException("--data", $"{path} is gone, and without it no shopper of this shop can be told", "Restore it from a copy, or begin with another folder.");
            }

            Write(path, Draw(RandomNumberGenerator.GetBytes(32)));
        }

        try
        {
            KeyFile? keys = JsonSerializer.Deserialize(File.ReadAllBytes(path), HostJson.Default.KeyFile);
            return keys is { PseudonymKey.Length: > 0, ApiKeys: not null } ? keys : throw Damaged(path);
        }
        catch (JsonException)
        {
            throw Damaged(path);
        }
    }

    /// <summary>Makes the keys of a new folder of simulated shoppers: no person's pseudonym is at stake, and a seed must give each
    /// shopper the same variant again.</summary>
    public static void CreateForSimulation(string folder, ulong seed) =>
        Write(Workspace.KeysFileOf(folder), Draw(SHA256.HashData(BitConverter.GetBytes(seed))));

    /// <summary>The bytes that pseudonyms are made with.</summary>
    public byte[] PseudonymBytes() => Convert.FromBase64String(PseudonymKey);

    /// <summary>The first key of a role: the one that examples print.</summary>
    public string KeyOf(ApiRole role) => ApiKeys[Name(role)][0];

    /// <summary>The keys as the endpoints check them.</summary>
    public ApiKeys ToApiKeys() => new(Roles.ToDictionary(
        role => role, role => (IReadOnlyList<string>)ApiKeys.GetValueOrDefault(Name(role), [])));

    private static KeyFile Draw(byte[] pseudonymKey) => new(
        Convert.ToBase64String(pseudonymKey),
        Roles.ToDictionary(Name, role => new[] { DrawKey(role), DrawKey(role) }));

    private static string DrawKey(ApiRole role) =>
        $"{Name(role)}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}";

    private static string Name(ApiRole role) => role.ToString().ToLowerInvariant();

    // The mode is set when the file is made, so that it is never readable by others, not even for a moment.
    private static void Write(string path, KeyFile keys)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        string temporary = path + ".tmp";
        File.Delete(temporary);
        using (FileStream file = new(temporary, options))
        {
            JsonSerializer.Serialize(file, keys, HostJson.Default.KeyFile);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path);
    }

    private static UsageException Damaged(string path) =>
        new("--data", $"{path} is damaged", "Restore it from a copy, or begin with another folder.");
}
