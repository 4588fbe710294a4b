namespace Aisle.RetrainTrigger.Tests.Faults;

/// <summary>What goes wrong in one method of a store, as long as it lasts.</summary>
/// <param name="method">The method.</param>
/// <param name="fault">The fault; null once it is over.</param>
internal sealed class StoreFault(string method, Func<Exception?> fault)
{
    /// <summary>Throws if the called method is the one and the fault lasts.</summary>
    public void Meet(string called)
    {
        if (called == method && fault() is { } trouble)
        {
            throw trouble;
        }
    }
}
