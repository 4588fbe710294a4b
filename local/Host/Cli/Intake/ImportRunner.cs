using System.Text.Json;
using Aisle.Host.Importing;
using Aisle.Host.Output;
using Aisle.Host.State;
using Aisle.Local.Import.Outcome;
using Aisle.Local.Workspaces;

namespace Aisle.Host.Cli.Intake;

/// <summary>Runs one import under a bar, in this process or by the running host.</summary>
internal sealed class ImportRunner(ShopConnection shop, Screen screen)
{
    /// <summary>Imports, and gives the summary as JSON.</summary>
    /// <exception cref="UsageException">Something stated or the file cannot be used.</exception>
    public async Task<JsonDocument> RunAsync(ImportArguments stated, CancellationToken cancellationToken)
    {
        JsonDocument? summary = null;
        await screen.ProgressAsync(
            async (bars, token) =>
            {
                ImportBar bar = new(bars, Path.GetFileName(stated.Path)!, TimeProvider.System);
                summary = shop.Shop is { } open ? await HereAsync(open.Services, stated, bar, token) : await ThereAsync(stated, bar, token);
            },
            cancellationToken);
        return summary!;
    }

    private static async Task<JsonDocument> HereAsync(IServiceProvider services, ImportArguments stated, ImportBar bar, CancellationToken cancellationToken)
    {
        using ImportRequest request = ImportRequest.Of(stated, services.GetRequiredService<Workspace>(), TimeProvider.System.GetUtcNow());
        ImportSummary summary = await services.GetRequiredService<DatasetImport>().RunAsync(request, bar.Tell, cancellationToken);
        return JsonDocument.Parse(ImportReport.ToJson(summary));
    }

    private async Task<JsonDocument> ThereAsync(ImportArguments stated, ImportBar bar, CancellationToken cancellationToken)
    {
        string body = JsonSerializer.Serialize(stated, HostJson.Default.ImportArguments);
        await foreach (JsonElement line in shop.AskLinesAsync("v1/imports", body, cancellationToken))
        {
            if (line.TryGetProperty("summary", out JsonElement summary))
            {
                return JsonDocument.Parse(summary.GetRawText());
            }

            if (line.TryGetProperty("fault", out JsonElement fault))
            {
                throw UsageException.Of(fault.GetProperty("option").GetString()!, fault.GetProperty("sentences").GetString()!);
            }

            bar.Tell(new ImportProgress(line.GetProperty("rows").GetInt64(), line.GetProperty("bytes_read").GetInt64(), line.GetProperty("bytes").GetInt64()));
        }

        throw new UsageException("import", "the host broke off", "Look at its log, and import again: what was imported is not doubled.");
    }
}
