using System.CommandLine;

var root = new RootCommand("Trains the claims of the grokking paper, keeps their runs, and looks at them.");
return await root.Parse(args).InvokeAsync().ConfigureAwait(false);
