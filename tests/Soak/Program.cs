using Grokking.Tests.Soak;
using Grokking.Tests.Soak.Processes;

// `dotnet run -c Release --project tests/Soak -- all` tries every promise of the store as often as a night allows.
return args is [ChildProcess.Argument] ? Child.Obey(Console.In, Console.Out) : Properties.Run(args, Console.Out, Console.Error);
