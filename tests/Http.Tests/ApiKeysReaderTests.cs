using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Aisle.Http.Tests;

public sealed class ApiKeysReaderTests
{
    private const string Old = "operator-0123456789";
    private const string New = "operator-9876543210";

    [Fact]
    public void Two_keys_with_a_comma_between_them_both_open()
    {
        ApiKeys keys = Read(("AISLE_OPERATOR_KEYS", $"{Old}, {New}"));

        Assert.True(Allows(keys, ApiRole.Operator, Old));
        Assert.True(Allows(keys, ApiRole.Operator, New));
    }

    [Fact]
    public void A_role_without_a_key_is_open_to_operators_alone()
    {
        ApiKeys keys = Read(("AISLE_OPERATOR_KEYS", Old));

        Assert.True(Allows(keys, ApiRole.Analyst, Old));
        Assert.False(Allows(keys, ApiRole.Analyst, "analyst-0123456789"));
    }

    [Fact]
    public void What_is_missing_or_too_short_is_named_but_no_key_is_told()
    {
        string message = Assert.Throws<InvalidOperationException>(() => Read(("AISLE_COLLECTOR_KEYS", "s3cr3t"))).Message;

        Assert.Contains("AISLE_OPERATOR_KEYS is not set", message);
        Assert.Contains("AISLE_COLLECTOR_KEYS has a key of fewer than 16", message);
        Assert.DoesNotContain("s3cr3t", message);
    }

    private static ApiKeys Read(params (string Name, string Value)[] variables) => ApiKeysReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection(variables.ToDictionary(v => v.Name, v => (string?)v.Value)).Build());

    private static bool Allows(ApiKeys keys, ApiRole role, string key)
    {
        DefaultHttpContext context = new();
        context.Request.Headers["X-Api-Key"] = key;
        return keys.Allows(role, context.Request);
    }
}
