using Grokking.Store;

namespace Grokking.Tests.Unit.Store;

[Trait("Category", "Unit")]
public sealed class RunEnvironmentTests
{
    [Fact]
    public void Only_what_is_listed_is_taken()
    {
        string[] always = ["architecture", "garbageCollector", "os", "processor", "processors", "runtime", "vectorBits", "version"];

        Assert.Empty(RunEnvironment.Capture().Keys.Except(always.Concat(RunEnvironment.Variables.Select(name => "env." + name)), StringComparer.Ordinal));
    }

    [Fact]
    public void No_secret_machine_user_or_folder_is_in_it()
    {
        const string Secret = "token-0a1b2c3d4e5f";
        Environment.SetEnvironmentVariable("GROKKING_TEST_TOKEN", Secret);
        string all = string.Join('\n', RunEnvironment.Capture().Select(pair => $"{pair.Key}={pair.Value}"));
        Environment.SetEnvironmentVariable("GROKKING_TEST_TOKEN", null);

        Assert.DoesNotContain(Secret, all, StringComparison.Ordinal);
        Assert.DoesNotContain(Environment.CurrentDirectory, all, StringComparison.Ordinal);
        Assert.DoesNotContain(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), all, StringComparison.Ordinal);
        Assert.DoesNotContain(RunEnvironment.Variables, name => name.Contains("TOKEN", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Values_stay_on_one_line() =>
        Assert.DoesNotContain(RunEnvironment.Capture().Values, value => value.Any(char.IsControl));
}
