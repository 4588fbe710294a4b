using Aisle.Privacy;

namespace Aisle.Tests.Privacy;

public sealed class PseudonymizerTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void A_pseudonym_is_the_keyed_hash_of_the_id() =>
        // printf 17850 | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102…1f, as base64url
        Assert.Equal("g_GiaOwBL0PrZ6N96Dufy5OkoSc2e8P333PBpIlEgaE", new Pseudonymizer(Key).UserOf("17850").Value);

    [Fact]
    public void The_assignment_id_of_a_user_has_the_same_text() =>
        Assert.Equal(new Pseudonymizer(Key).UserOf("u").Value, new Pseudonymizer(Key).AssignmentOf("u").Value);

    [Fact]
    public void Another_key_gives_another_pseudonym() =>
        Assert.NotEqual(new Pseudonymizer(Key).UserOf("u"), new Pseudonymizer(new byte[32]).UserOf("u"));

    [Fact]
    public void A_short_key_is_refused() => Assert.Throws<ArgumentException>(() => new Pseudonymizer(new byte[31]));
}
