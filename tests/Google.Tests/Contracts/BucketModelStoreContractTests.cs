using Aisle.GoogleCloud.Bucket;
using Aisle.Ports;
using Aisle.Testing;
using Aisle.Testing.Contracts;

namespace Aisle.GoogleCloud.Tests.Contracts;

public sealed class BucketModelStoreContractTests : ModelStoreContract, IDisposable
{
    private readonly TemporaryFolder _mount = new();
    private readonly TemporaryFolder _cache = new();

    public void Dispose()
    {
        _mount.Dispose();
        _cache.Dispose();
    }

    protected override Task<IModelStore> CreateAsync() => Task.FromResult<IModelStore>(new BucketModelStore(_mount.Path, _cache.Path));
}
