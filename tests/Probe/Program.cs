using System.Globalization;
using System.Text.Json;
using Grokking.Tests.Probe;

// Without an argument: trains, prints its report as one line of JSON and ends.
// With "pace": times one window of steps for every line it is given, so that whoever asks can alternate between two builds.
if (args is ["pace"])
{
    var window = new StepWindow();
    while (Console.ReadLine() is not null)
    {
        Console.WriteLine(window.MicrosecondsPerStep().ToString("R", CultureInfo.InvariantCulture));
    }
}
else
{
    Console.WriteLine(JsonSerializer.Serialize(ProbeReport.Make()));
}
