using System.Globalization;
using System.Text.Json;
using Aisle.Experiments;

namespace Aisle.Tests.Experiments;

public sealed class FarmFingerprintTests
{
    [Fact]
    public void Every_published_and_computed_fingerprint_is_reproduced()
    {
        foreach (JsonElement vector in GoldenFile.Load("farm_fingerprint").GetProperty("cases").EnumerateArray())
        {
            long expected = long.Parse(vector.GetProperty("fingerprint_int64").GetString()!, CultureInfo.InvariantCulture);
            byte[] bytes = Convert.FromHexString(vector.GetProperty("utf8_hex").GetString()!);

            Assert.Equal(expected, FarmFingerprint.Of(bytes));
            if (vector.GetProperty("text") is { ValueKind: JsonValueKind.String } text)
            {
                Assert.Equal(expected, FarmFingerprint.Of(text.GetString()!));
            }
        }
    }
}
