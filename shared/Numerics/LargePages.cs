using System.Runtime.InteropServices;

namespace Aisle.Numerics;

/// <summary>Asks Linux to back a large buffer by pages of 2 MiB, so that rows gathered from all over it do not
/// wait for address translation.</summary>
/// <remarks>Only advice: where the system does not know it, or has no such pages left, nothing changes but the speed.</remarks>
internal static unsafe partial class LargePages
{
    /// <summary>The size of a large page, in bytes.</summary>
    public const uint Bytes = 2 * 1024 * 1024;

    /// <summary>MADV_HUGEPAGE.</summary>
    private const int UseLargePages = 14;

    /// <summary>Gives the advice.</summary>
    /// <param name="memory">Aligned to <see cref="Bytes"/>.</param>
    /// <param name="length">How many bytes.</param>
    public static void Advise(void* memory, nuint length)
    {
        if (OperatingSystem.IsLinux())
        {
            try
            {
                _ = Advise(memory, length, UseLargePages);
            }
            catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
            {
                // A Linux without this function serves small pages.
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* memory, nuint length, int advice);
}
