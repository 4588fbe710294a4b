using Aisle.Host.Cli;

return await AisleCommand.RunAsync(args, CancellationToken.None);
