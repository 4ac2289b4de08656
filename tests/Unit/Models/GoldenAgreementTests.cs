using Xunit.Sdk;

namespace Grokking.Tests.Unit.Models;

[Trait("Category", "Unit")]
public sealed class GoldenAgreementTests
{
    public static TheoryData<string> CasesStoredInFull => [.. GoldenCase.Names.Where(name => GoldenCase.Load(name).Stride == 1)];

    [Theory]
    [MemberData(nameof(CasesStoredInFull))]
    public void PyTorch_agrees_with_itself(string name)
    {
        GoldenCase golden = GoldenCase.Load(name);

        GoldenAgreement.AssertLoss(golden, 0, golden.Losses[0]);
        GoldenAgreement.AssertGradient(golden, golden.Gradient);
        GoldenAgreement.AssertFinalParameters(golden, golden.FinalParameters);
    }

    [Theory]
    [MemberData(nameof(CasesStoredInFull))]
    public void A_tensor_that_is_a_ten_thousandth_too_long_is_noticed(string name)
    {
        GoldenCase golden = GoldenCase.Load(name);
        int begin = 0;
        for (int t = 0; t < golden.Parameters.Count; t++)
        {
            int end = begin + golden.Parameters[t].Count;
            float[] gradient = [.. golden.Gradient];
            for (int i = begin; i < end; i++)
            {
                gradient[i] *= 1.0001f;
            }

            // The gradient of b_K is zero and stays zero.
            if (golden.GradientNorms[t] > 0)
            {
                XunitException failure = Assert.ThrowsAny<XunitException>(() => GoldenAgreement.AssertGradient(golden, gradient));
                Assert.Contains(golden.Parameters[t].Name, failure.Message, StringComparison.Ordinal);
            }

            begin = end;
        }
    }

    [Theory]
    [MemberData(nameof(CasesStoredInFull))]
    public void The_initial_parameters_are_not_taken_for_the_final_ones(string name)
    {
        GoldenCase golden = GoldenCase.Load(name);
        Assert.ThrowsAny<XunitException>(() => GoldenAgreement.AssertFinalParameters(golden, golden.InitialParameters()));
    }

    [Fact]
    public void A_gradient_that_is_not_a_number_is_noticed()
    {
        GoldenCase golden = GoldenCase.Load("post_two_layers");
        float[] gradient = [.. golden.Gradient];
        gradient[5] = float.NaN;

        Assert.ThrowsAny<XunitException>(() => GoldenAgreement.AssertGradient(golden, gradient));
    }

    [Fact]
    public void A_loss_that_is_off_by_a_hundred_thousandth_is_noticed()
    {
        GoldenCase golden = GoldenCase.Load("nanda");
        Assert.ThrowsAny<XunitException>(() => GoldenAgreement.AssertLoss(golden, 3, 1.00001 * golden.Losses[3]));
    }
}
