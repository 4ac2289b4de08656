using Grokking.Analysis;
using Grokking.Models;
using Grokking.Tasks;
using Grokking.Tests.Unit.Training;
using Grokking.Training;
using MathNet.Numerics.LinearAlgebra;

namespace Grokking.Tests.Unit.Analysis;

[Trait("Category", "Unit")]
public sealed class OutputRowsTests
{
    // 0 … 4 are the first tokens of the paper's text; of openai/grok's 239 the numbers begin at 22.
    [Theory]
    [InlineData(SequenceConvention.PaperText, 0)]
    [InlineData(SequenceConvention.OpenAICode, 22)]
    public void A_row_is_the_column_of_the_unembedding_for_its_element(SequenceConvention convention, int first)
    {
        Experiment experiment = TinyExperiments.Add with { Convention = convention };
        var run = new TrainingRun(experiment);

        Matrix<double> rows = OutputRows.Of(experiment, run.Layout, run.Parameters.Span);

        ParameterTensor unembedding = run.Layout.Tensors[^1];
        Assert.Equal("W_U", unembedding.Name);
        Assert.Equal((5, 16), (rows.RowCount, rows.ColumnCount));
        for (int element = 0; element < 5; element++)
        {
            for (int j = 0; j < 16; j++)
            {
                Assert.Equal(run.Parameters.Span[unembedding.Offset + (j * unembedding.Columns) + first + element], rows[element, j]);
            }
        }
    }

    [Fact]
    public void Weights_of_another_model_are_refused()
    {
        var run = new TrainingRun(TinyExperiments.Add);
        Assert.Throws<ArgumentException>(() => OutputRows.Of(TinyExperiments.Add, run.Layout, run.Parameters.Span[1..]));
    }
}
