using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace Aisle.Benchmarks.Speed;

/// <summary>What the machine can do, measured in the same run as what we do with it.</summary>
internal static class Machine
{
    private const int Rounds = 40_000_000;

    /// <summary>Multiply-adds from registers only, on all processors, in GFLOP/s: nothing real can be faster.</summary>
    public static double PeakGigaflops()
    {
        Parallel.For(0, Environment.ProcessorCount, _ => Spin(Rounds / 20));
        long start = Stopwatch.GetTimestamp();
        Parallel.For(0, Environment.ProcessorCount, _ => Spin(Rounds));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        int lanes = Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : 4;
        return 2.0 * lanes * 8 * Rounds * Environment.ProcessorCount / seconds / 1e9;
    }

    /// <summary>Gives back what reading the data left behind and forgets the peak so far, where the system allows it (Linux):
    /// what follows is measured alone.</summary>
    public static void ForgetPeak()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        const string Peaks = "/proc/self/clear_refs";
        if (File.Exists(Peaks))
        {
            try
            {
                File.WriteAllText(Peaks, "5");
            }
            catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
            {
                // Then the peak counts from the start of the process.
            }
        }
    }

    /// <summary>The most memory that this process held since the last <see cref="ForgetPeak"/>, in MiB.</summary>
    public static double PeakMebibytes()
    {
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1048576.0;
    }

    private static float Spin(int rounds) =>
        Vector512.IsHardwareAccelerated ? Spin512(rounds) : Vector256.IsHardwareAccelerated ? Spin256(rounds) : Spin128(rounds);

    private static float Spin512(int rounds)
    {
        Vector512<float> f = Vector512.Create(0.999999f), a = f, b = f, c = f, d = f, e = f, g = f, h = f, i = f;
        for (int round = 0; round < rounds; round++)
        {
            a = Vector512.MultiplyAddEstimate(a, f, f);
            b = Vector512.MultiplyAddEstimate(b, f, f);
            c = Vector512.MultiplyAddEstimate(c, f, f);
            d = Vector512.MultiplyAddEstimate(d, f, f);
            e = Vector512.MultiplyAddEstimate(e, f, f);
            g = Vector512.MultiplyAddEstimate(g, f, f);
            h = Vector512.MultiplyAddEstimate(h, f, f);
            i = Vector512.MultiplyAddEstimate(i, f, f);
        }

        return Vector512.Sum(a + b + c + d + e + g + h + i);
    }

    private static float Spin256(int rounds)
    {
        Vector256<float> f = Vector256.Create(0.999999f), a = f, b = f, c = f, d = f, e = f, g = f, h = f, i = f;
        for (int round = 0; round < rounds; round++)
        {
            a = Vector256.MultiplyAddEstimate(a, f, f);
            b = Vector256.MultiplyAddEstimate(b, f, f);
            c = Vector256.MultiplyAddEstimate(c, f, f);
            d = Vector256.MultiplyAddEstimate(d, f, f);
            e = Vector256.MultiplyAddEstimate(e, f, f);
            g = Vector256.MultiplyAddEstimate(g, f, f);
            h = Vector256.MultiplyAddEstimate(h, f, f);
            i = Vector256.MultiplyAddEstimate(i, f, f);
        }

        return Vector256.Sum(a + b + c + d + e + g + h + i);
    }

    private static float Spin128(int rounds)
    {
        Vector128<float> f = Vector128.Create(0.999999f), a = f, b = f, c = f, d = f, e = f, g = f, h = f, i = f;
        for (int round = 0; round < rounds; round++)
        {
            a = Vector128.MultiplyAddEstimate(a, f, f);
            b = Vector128.MultiplyAddEstimate(b, f, f);
            c = Vector128.MultiplyAddEstimate(c, f, f);
            d = Vector128.MultiplyAddEstimate(d, f, f);
            e = Vector128.MultiplyAddEstimate(e, f, f);
            g = Vector128.MultiplyAddEstimate(g, f, f);
            h = Vector128.MultiplyAddEstimate(h, f, f);
            i = Vector128.MultiplyAddEstimate(i, f, f);
        }

        return Vector128.Sum(a + b + c + d + e + g + h + i);
    }
}
