using Xunit.Abstractions;
namespace Grokking.Tests.Claims;

[Trait("Category", "Claims")]
public sealed class Probe(ITestOutputHelper output)
{
    [Fact]
    public async Task Live()
    {
        for (int i = 0; i < 4; i++)
        {
            output.WriteLine($"HELPER line {i}");
            Console.Out.WriteLine($"CONSOLE line {i}");
            await Task.Delay(500);
        }

        output.WriteLine("a\nb\n  two | three");
    }
}
