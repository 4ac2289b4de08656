using System.CommandLine;
using Grokking.Cli.Output;

namespace Grokking.Tests.Unit.Cli.Output;

[Trait("Category", "Unit")]
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("greeet", "\"greeet\" is no command; did you mean greet? There are: greet. See: grok --help")]
    [InlineData("greet --nmae x", "\"--nmae\" is no option; did you mean --name? There are: --name, --times. See: grok greet --help")]
    [InlineData("greet you", "\"you\" is one argument too many. See: grok greet --help")]
    [InlineData("greet --times many", "Cannot parse argument 'many' for option '--times' as expected type 'System.Int32'. See: grok greet --help")]
    public async Task Bad_input_is_one_line_that_says_what_is_wrong_and_code_5(string line, string expected)
    {
        using var console = new RecordedConsole();

        int code = await console.Run([Greet(_ => { })], line.Split(' '));

        Assert.Equal((int)ExitCode.BadInput, code);
        Assert.Equal([expected], console.ErrorLines);
        Assert.Empty(console.Output);
    }

    [Fact]
    public async Task Without_a_command_the_tool_says_what_it_can_do_and_code_5()
    {
        using var console = new RecordedConsole();

        int code = await console.Run([Greet(_ => { })]);

        Assert.Equal((int)ExitCode.BadInput, code);
        Assert.Equal(["A command is needed: greet. See: grok --help"], console.ErrorLines);
    }

    [Fact]
    public async Task Help_is_no_error()
    {
        using var console = new RecordedConsole();

        Assert.Equal(0, await console.Run([Greet(_ => { })], "--help"));
        Assert.Contains("greet", console.Output, StringComparison.Ordinal);
        Assert.Empty(console.Error);
    }

    [Fact]
    public async Task A_failed_command_ends_with_its_line_and_its_code()
    {
        using var console = new RecordedConsole();

        int code = await console.Run(
            [Greet(_ => throw new CommandFailedException(ExitCode.NothingMatched, "No claim is named \"x\u001b[31m\".\nBad"))], "greet");

        Assert.Equal((int)ExitCode.NothingMatched, code);
        Assert.Equal(["No claim is named \"x�[31m\".�Bad"], console.ErrorLines);
    }

    [Fact]
    public async Task A_mistake_of_the_tool_has_its_own_code_and_no_stack_trace()
    {
        using var console = new RecordedConsole();

        int code = await console.Run([Greet(_ => throw new InvalidOperationException("planted"))], "greet");

        Assert.Equal((int)ExitCode.InternalError, code);
        Assert.Equal(
            ["Internal error, a mistake in grok: InvalidOperationException: planted", "GROKKING_TRACE=1 shows where it happened."],
            console.ErrorLines);
    }

    [Fact]
    public async Task The_stack_trace_of_a_mistake_is_there_for_those_who_ask()
    {
        using var console = new RecordedConsole(null, (CommandLine.TraceVariable, "1"));

        await console.Run([Greet(_ => throw new InvalidOperationException("planted"))], "greet");

        Assert.Contains("   at ", console.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_one_line_and_no_mistake_of_the_tool()
    {
        using var console = new RecordedConsole();

        int code = await console.Run([Greet(_ => throw new IOException("No space left on device"))], "greet");

        Assert.Equal((int)ExitCode.InternalError, code);
        Assert.Equal(["No space left on device"], console.ErrorLines);
    }

    [Fact]
    public async Task A_cancelled_command_has_code_3()
    {
        using var console = new RecordedConsole();
        using var source = new CancellationTokenSource();
        Command greet = Greet(_ =>
        {
            source.Cancel();
            source.Token.ThrowIfCancellationRequested();
        });

        Assert.Equal((int)ExitCode.Interrupted, await CommandLine.Run(["greet"], console.Console, [greet], source.Token));
    }

    [Fact]
    public async Task An_at_sign_opens_no_file()
    {
        using var console = new RecordedConsole();
        string? name = null;

        Assert.Equal(0, await console.Run([Greet(given => name = given)], "greet", "--name", "@/etc/passwd"));
        Assert.Equal("@/etc/passwd", name);
    }

    private static Command Greet(Action<string?> action)
    {
        var name = new Option<string?>("--name") { Description = "Whom." };
        var times = new Option<int>("--times") { Description = "How often." };
        var command = new Command("greet", "Says hello.") { name, times };
        command.SetAction(parsed => action(parsed.GetValue(name)));
        return command;
    }
}
