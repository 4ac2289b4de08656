using Grokking.Tests.Soak;

return Properties.Run(args, Console.Out, Console.Error);
