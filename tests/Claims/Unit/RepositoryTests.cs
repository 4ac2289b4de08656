using Grokking.Tests.Claims.Reports;
using Grokking.Tests.Claims.Snapshots;

namespace Grokking.Tests.Claims.Unit;

/// <summary>Holds committed files to one another.</summary>
[Trait("Category", "Unit")]
public sealed class RepositoryTests
{
    private const string UpdateVariable = "GROKKING_UPDATE_README";

    [Fact]
    public void Every_approved_file_belongs_to_a_claim()
    {
        IReadOnlyList<string> dangling = ApprovedFiles.Dangling(RepositoryPaths.Approved, ApprovedFiles.Expected);

        Assert.True(
            dangling.Count == 0,
            "No claim's test asks for these files in tests/Claims/approved; delete them or restore their tests: " + string.Join(", ", dangling));
    }

    [Fact]
    public void The_table_in_the_README_is_that_of_the_approved_snapshots()
    {
        string readme = File.ReadAllText(RepositoryPaths.Readme).ReplaceLineEndings("\n");

        string wanted = ReadmeTable.Insert(readme, ReadmeTable.From(RepositoryPaths.Approved));

        if (!string.Equals(readme, wanted, StringComparison.Ordinal))
        {
            bool update = string.Equals(Environment.GetEnvironmentVariable(UpdateVariable), "1", StringComparison.Ordinal);
            if (update)
            {
                File.WriteAllText(RepositoryPaths.Readme, wanted);
            }

            Assert.Fail(update
                ? "README.md had another table and has been rewritten: look at the difference and commit it."
                : "README.md's table of claims is not the one of the approved snapshots. To rewrite it:\n" +
                  $"  {UpdateVariable}=1 dotnet test --filter FullyQualifiedName~{nameof(The_table_in_the_README_is_that_of_the_approved_snapshots)}");
        }
    }
}
