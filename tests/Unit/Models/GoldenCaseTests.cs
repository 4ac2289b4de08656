using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Grokking.Tests.Unit.Models;

[Trait("Category", "Unit")]
public sealed class GoldenCaseTests
{
    public static TheoryData<string> Cases => [.. GoldenCase.Names];

    [Fact]
    public void There_are_transformers_and_MLPs_and_no_two_of_one_name()
    {
        Assert.True(TransformerGoldenCase.Names.Count >= 10, $"{TransformerGoldenCase.Names.Count} transformers");
        Assert.True(MlpGoldenCase.Names.Count >= 5, $"{MlpGoldenCase.Names.Count} MLPs");
        Assert.Equal(GoldenCase.Names.Count, GoldenCase.Names.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Initial_parameters_are_recomputed_to_the_bit(string name)
    {
        GoldenCase golden = GoldenCase.Load(name);
        float[] parameters = golden.InitialParameters();

        byte[] bytes = new byte[parameters.Length * sizeof(float)];
        for (int i = 0; i < parameters.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), parameters[i]);
        }

        Assert.Equal(golden.InitialSha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_array_has_the_length_that_the_shapes_say(string name)
    {
        GoldenCase golden = GoldenCase.Load(name);
        int stored = (golden.ParameterCount + golden.Stride - 1) / golden.Stride;

        Assert.Equal(name, golden.Name);
        Assert.Equal(11, golden.Losses.Count);
        Assert.Equal(golden.Parameters.Count, golden.GradientNorms.Count);
        Assert.Equal(golden.Parameters.Count, golden.UpdateNorms.Count);
        Assert.Equal(stored, golden.Gradient.Length);
        Assert.Equal(stored, golden.FinalParameters.Length);
        foreach (GoldenBatch batch in golden.Batches)
        {
            Assert.Equal(batch.Tokens.Count, batch.Targets.Count);
            Assert.All(batch.Tokens, sequence => Assert.Equal(golden.SequenceLength, sequence.Count));
            Assert.All(batch.Targets, targets => Assert.Equal((golden as TransformerGoldenCase)?.ReadPositions.Count ?? 1, targets.Count));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Stored_gradients_have_the_norms_beside_them(string name)
    {
        GoldenCase golden = GoldenCase.Load(name);
        if (golden.Stride > 1)
        {
            return;
        }

        int offset = 0;
        foreach ((GoldenTensor tensor, double norm) in golden.Parameters.Zip(golden.GradientNorms))
        {
            double squares = 0;
            foreach (float g in golden.Gradient.AsSpan(offset, tensor.Count))
            {
                squares += (double)g * g;
            }

            Assert.True(Math.Abs(Math.Sqrt(squares) - norm) <= 1e-7 * norm, $"{tensor.Name}: {Math.Sqrt(squares)} stored, norm {norm}");
            offset += tensor.Count;
        }
    }

    [Fact]
    public void Dropout_keeps_about_its_share_and_scales_what_it_keeps()
    {
        TransformerGoldenCase golden = TransformerGoldenCase.Load("dropout");
        float[] factors = golden.DropoutFactors(golden.Batches[0]);

        Assert.Equal(0.25, golden.Config.Dropout);
        Assert.All(factors, f => Assert.True(f is 0 or (float)(1 / 0.75)));
        Assert.InRange(factors.Count(f => f == 0) / (double)factors.Length, 0.2, 0.3);
    }
}
