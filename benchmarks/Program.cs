using System.CommandLine;
using Aisle.Benchmarks.Serving;

// One file a command: each area adds its own.
RootCommand root = new("Benchmarks of Aisle: printed, never asserted. Build with -c Release.");
ServingCommands.AddTo(root);
return await root.Parse(args).InvokeAsync();
