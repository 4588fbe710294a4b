using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.Http;

/// <summary>Answers in br or gzip to whoever accepts it. Answers hold no secret beside what a caller sent, so packing them over TLS
/// tells an observer nothing (BREACH).</summary>
public static class AnswerCompression
{
    /// <summary>Registers what <see cref="UseAnswerCompression"/> needs: the fastest level, for a slate is packed
    /// for each request anew.</summary>
    public static IServiceCollection AddAnswerCompression(this IServiceCollection services) => services
        .Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest)
        .Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest)
        .AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/problem+json", "text/markdown"];
        });

    /// <summary>Packs the answers of everything after it.</summary>
    public static IApplicationBuilder UseAnswerCompression(this IApplicationBuilder application) => application.UseResponseCompression();
}
