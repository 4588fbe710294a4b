using Aisle.GoogleCloud;
using Aisle.GoogleCloud.Start;
using Aisle.Http;
using Google.Cloud.Functions.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.IngestEvent.GoogleCloud;

/// <summary>Plugs Google's services into the event function.</summary>
public sealed class IngestEventStartup : FunctionsStartup
{
    /// <inheritdoc/>
    public override void ConfigureServices(WebHostBuilderContext context, IServiceCollection services)
    {
        Plug(context, services, Needs.Documents | Needs.WritesWarehouse);
        services.AddSingleton<SlateKeeper>();
    }

    /// <summary>Answers probes, which a function of CloudEvents would refuse.</summary>
    public override void Configure(WebHostBuilderContext context, IApplicationBuilder app)
    {
        IngestEventEndpoint endpoint = app.ApplicationServices.GetRequiredService<IngestEventEndpoint>();
        app.UseWhen(
            request => request.Request.Path.Value is "/healthz" or "/readyz",
            probes => probes.Run(request => endpoint.Routes.HandleAsync(request)));
    }

    /// <summary>What both services of this project are plugged into.</summary>
    internal static void Plug(WebHostBuilderContext context, IServiceCollection services, Needs needs) => services
        .AddSingleton(TimeProvider.System)
        .AddSingleton(ApiKeysReader.Read(context.Configuration))
        .AddSingleton(PseudonymKeyReader.Read(context.Configuration))
        .AddGoogleStores(GoogleOptionsReader.Read(context.Configuration))
        .AddStartChecks(needs)
        .AddIngestEvent(ApiRole.None); // the platform lets only Pub/Sub's identity invoke the event function
}
