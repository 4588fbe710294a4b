using System.IO.Hashing;
using System.Text;
using Aisle.Events;
using Aisle.Ports;
using StackExchange.Redis;

namespace Aisle.Redis;

/// <summary>Where a shopper's lists lie: on one of several servers, there in one of 1,024 buckets, both by the hash of the user's
/// pseudonym. A server is a Redis or Valkey, alone or a cluster.</summary>
/// <remarks>A bucket's name is the hash tag of its keys, so that all versions of a bucket lie in one slot of a cluster. The number of
/// servers decides where a shopper lies: after a change lists are missed until the next retraining.</remarks>
/// <param name="servers">At least one, in an order that every process keeps.</param>
/// <param name="prefix">What the shop's keys begin with.</param>
public sealed class RedisShards(IReadOnlyList<IDatabase> servers, string prefix) : IDisposable
{
    /// <summary>Buckets over all servers.</summary>
    public const int Buckets = 1_024;

    /// <summary>The servers.</summary>
    public IReadOnlyList<IDatabase> Servers { get; } = servers.Count > 0 ? servers : throw new ArgumentException("At least one server is needed.", nameof(servers));

    /// <summary>The key under which each server notes the versions that it may have lists of.</summary>
    internal RedisKey Versions => $"{prefix}:versions";

    /// <summary>The key of the pointer, on the first server.</summary>
    internal RedisKey Manifest => $"{prefix}:manifest";

    /// <summary>Connects. A server that is down does not keep a process from starting: it is tried again in the background, and
    /// until then each call fails at once.</summary>
    /// <param name="configuration">Servers apart by semicolons, each as StackExchange.Redis writes it, such as
    /// <c>cache-1:6379,password=…;cache-2:6379</c>; the endpoints of one cluster are apart by commas.</param>
    /// <param name="prefix">What the shop's keys begin with.</param>
    /// <exception cref="ArgumentException">A part is not understood.</exception>
    public static RedisShards Connect(string configuration, string prefix)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(configuration);
        string[] parts = configuration.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new RedisShards([.. parts.Select(part => ConnectionMultiplexer.Connect(OptionsOf(part)).GetDatabase())], prefix);
    }

    /// <summary>Ends the connections.</summary>
    public void Dispose()
    {
        foreach (IDatabase server in Servers)
        {
            server.Multiplexer.Dispose();
        }
    }

    /// <summary>The options of one part.</summary>
    /// <exception cref="ArgumentException">The part is not understood.</exception>
    internal static ConfigurationOptions OptionsOf(string part)
    {
        ConfigurationOptions options = ConfigurationOptions.Parse(part);
        if (options.EndPoints.Count == 0)
        {
            throw new ArgumentException("A Redis server is given as host:port, such as cache-1:6379; apart by semicolons when there are several.", nameof(part));
        }

        options.AbortOnConnectFail = false;
        options.ConnectTimeout = 1_000;
        options.AsyncTimeout = 2_000;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ClientName = "aisle";
        return options;
    }

    /// <summary>The server on which a shopper's lists lie.</summary>
    internal IDatabase ServerOf(int bucket) => Servers[bucket % Servers.Count];

    /// <summary>A shopper's bucket; the same in every process.</summary>
    internal static int BucketOf(UserId user)
    {
        Span<byte> bytes = stackalloc byte[Encoding.UTF8.GetMaxByteCount(user.Value.Length)];
        int length = Encoding.UTF8.GetBytes(user.Value, bytes);
        return (int)(XxHash3.HashToUInt64(bytes[..length]) % Buckets);
    }

    /// <summary>The hash that holds a bucket's lists of one version: user → bytes.</summary>
    internal RedisKey ListsOf(int bucket, string modelVersion) => $"{prefix}:lists:{{{bucket}}}:{modelVersion}";

    /// <summary>A fault of a server in words, with the remedy.</summary>
    internal static StoreUnavailableException Unavailable(Exception fault) =>
        new("The candidate cache does not answer; start the Redis servers that AISLE_REDIS names, or take the variable away.", TimeSpan.FromSeconds(5), fault);
}
