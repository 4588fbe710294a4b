using Aisle.Experiments;

namespace Aisle.Tests.Experiments;

public sealed class ServingParametersTests
{
    [Theory]
    [InlineData("20260115T030000000Z", true)]
    [InlineData("night-2.1_b", true)]
    [InlineData("", false)]
    [InlineData("../x", false)]
    [InlineData(".hidden", false)]
    [InlineData("a\\b", false)]
    [InlineData("größe", false)]
    public void A_model_version_is_a_plain_name(string version, bool isGood) =>
        Assert.Equal(isGood, ServingParameters.Remedy(ServingParameters.ModelVersion, version) is null);
}
