using Aisle.Ports;

namespace Aisle.RetrainTrigger.Runs;

/// <summary>What an operator can do about a fault that broke a run off.</summary>
internal static class Remedies
{
    private const int NoSpace = 28; // ENOSPC
    private const int DiskFull = 112; // ERROR_DISK_FULL

    /// <summary>The fault and the remedy, in sentences.</summary>
    public static string Of(Exception fault)
    {
        string remedy = fault switch
        {
            StoreUnavailableException => "Once that is done,", // the store has said what to do
            IOException full when (full.HResult & 0xFFFF) is NoSpace or DiskFull => "Free disk space, then",
            TimeoutException => "See why the store is locked or slow, then",
            IOException or UnauthorizedAccessException => "See that the disk is there and may be written, then",
            _ => "See the log for where it happened and that the stores answer, then",
        };
        return $"It broke off: {fault.Message} {remedy} trigger again: the run goes on where it stopped. The serving model goes on serving.";
    }
}
