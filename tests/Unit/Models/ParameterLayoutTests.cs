using Grokking.Models;

namespace Grokking.Tests.Unit.Models;

[Trait("Category", "Unit")]
public sealed class ParameterLayoutTests
{
    [Fact]
    public void Tensors_lie_one_after_another_without_gaps()
    {
        var layout = new ParameterLayout();
        ParameterTensor matrix = layout.Add("W", rows: 3, columns: 4), vector = layout.Add("b", rows: 5);

        Assert.Equal(new ParameterTensor("W", Offset: 0, Rows: 3, Columns: 4), matrix);
        Assert.Equal(new ParameterTensor("b", Offset: 12, Rows: 5, Columns: 1), vector);
        Assert.Equal([matrix, vector], layout.Tensors);
        Assert.Equal(17, layout.Count);
    }

    [Fact]
    public void A_tensor_finds_its_elements_in_any_buffer_of_the_layout()
    {
        var layout = new ParameterLayout();
        layout.Add("W", rows: 3, columns: 4);
        ParameterTensor vector = layout.Add("b", rows: 2);
        float[] buffer = [.. Enumerable.Range(0, layout.Count).Select(i => (float)i)];

        vector.In(buffer.AsSpan())[0] = -1;

        Assert.Equal([-1, 13], vector.In((ReadOnlySpan<float>)buffer).ToArray());
    }

    [Fact]
    public void Every_tensor_of_a_model_has_its_own_name_and_place()
    {
        TransformerConfig everything = new()
        {
            NLayers = 3,
            DModel = 16,
            FinalNorm = true,
            Positions = PositionKind.Learned,
            AttentionBiases = true,
            MlpBiases = true,
            UnembedBias = true,
        };
        ParameterLayout layout = new Transformer(everything, vocabularySize: 7, length: 4, readPositions: [3], maxExamples: 2).Layout;

        // W_E, W_pos, 3 × (4 norm vectors, 4 + 2 matrices with biases), 2 of the final norm, W_U, b_U.
        Assert.Equal(2 + (3 * 16) + 2 + 2, layout.Tensors.Count);
        Assert.Equal(layout.Tensors.Count, layout.Tensors.Select(tensor => tensor.Name).Distinct(StringComparer.Ordinal).Count());
        int end = 0;
        foreach (ParameterTensor tensor in layout.Tensors)
        {
            Assert.Equal(end, tensor.Offset);
            end += tensor.Count;
        }

        Assert.Equal(layout.Count, end);
    }
}
