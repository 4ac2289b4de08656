using Grokking.Cli.Export;
using Grokking.Optimizers;
using Grokking.Tasks;

namespace Grokking.Tests.Unit.Cli.Export;

[Trait("Category", "Unit")]
public sealed class CurveTableTests
{
    [Fact]
    public void A_curve_is_a_line_for_each_number_of_each_evaluation() =>
        Assert.Equal(
            """
            run,engine,task,train_fraction,seed,step,set,metric,value
            0123456789abcdef,cpu-1,x+y mod 97,0.5,7,0,train,loss,4.5
            0123456789abcdef,cpu-1,x+y mod 97,0.5,7,0,train,accuracy,0.01
            0123456789abcdef,cpu-1,x+y mod 97,0.5,7,0,val,loss,4.625
            0123456789abcdef,cpu-1,x+y mod 97,0.5,7,0,val,accuracy,0
            0123456789abcdef,cpu-1,x+y mod 97,0.5,7,0,mirror_free_val,accuracy,0.25
            0123456789abcdef,cpu-1,x+y mod 97,0.5,7,0,weights,norm,30
            0123456789abcdef,cpu-1,x+y mod 97,0.5,7,1000,train,loss,1E-07
            0123456789abcdef,cpu-1,x+y mod 97,0.5,7,1000,train,accuracy,1
            0123456789abcdef,cpu-1,x+y mod 97,0.5,7,1000,val,loss,NaN
            0123456789abcdef,cpu-1,x+y mod 97,0.5,7,1000,val,accuracy,0.5
            0123456789abcdef,cpu-1,x+y mod 97,0.5,7,1000,weights,norm,Infinity

            """,
            TypedRuns.Written(CurveTable.Write, TypedRuns.Of(TypedRuns.Experiment)));

    [Fact]
    public void What_sets_the_runs_apart_has_its_columns()
    {
        string table = TypedRuns.Written(
            CurveTable.Write,
            TypedRuns.Of(TypedRuns.Experiment),
            TypedRuns.Of(TypedRuns.Experiment with { Task = Operations.Compose, Seed = 8, Optimizer = new AdamW { WeightDecay = 0 } }),
            TypedRuns.Of(TypedRuns.Experiment with { BatchSize = 64 }));

        string[] lines = table.Split('\n');
        Assert.Equal("run,engine,task,train_fraction,seed,batchSize,optimizer.weightDecay,step,set,metric,value", lines[0]);
        Assert.StartsWith("0123456789abcdef,cpu-1,x+y mod 97,0.5,7,512,1,0,train,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("0123456789abcdef,cpu-1,x*y in S5,0.5,8,512,0,0,train,", lines[12], StringComparison.Ordinal);
        Assert.StartsWith("0123456789abcdef,cpu-1,x+y mod 97,0.5,7,64,1,0,train,", lines[23], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x+y", "x+y")]
    [InlineData("x^2+xy", "x^2+xy")]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("  =1", "\"'  =1\"")]
    [InlineData("\t=1", "\"\uFFFD=1\"")]
    [InlineData("＝1", "\"'＝1\"")]
    [InlineData("=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\"")]
    [InlineData("a;=1", "\"a;=1\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"=1\"", "\"say \"\"=1\"\"\"")]
    [InlineData("a\r\n=1", "\"a\uFFFD\uFFFD=1\"")]
    [InlineData("", "")]
    public void Text_is_no_formula_and_no_second_field(string text, string field) => Assert.Equal(field, CsvField.OfText(text));
}
