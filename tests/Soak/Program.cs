using Grokking.Tests.Soak;
using Grokking.Tests.Soak.Processes;

// `dotnet run -c Release --project tests/Soak -- all` tries every promise of store and tool as often as a night allows.
return args is [ChildProcess.Argument] ? Child.Obey(Console.In, Console.Out) : Properties.Run(args, Console.Out, Console.Error);
