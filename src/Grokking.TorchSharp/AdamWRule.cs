using Grokking.Numerics;
using Grokking.Optimizers;
using static TorchSharp.torch;

namespace Grokking.TorchSharp;

/// <summary>The update of <see cref="AdamW"/>, whose remarks have the formula. Subnormal results stay as they are.</summary>
internal sealed class AdamWRule(AdamW structure) : UpdateRule
{
    private const int Decay = 0;
    private const int Beta1 = 1;
    private const int OneMinusBeta1 = 2;
    private const int Beta2 = 3;
    private const int OneMinusBeta2 = 4;
    private const int RootScale = 5;
    private const int Epsilon = 6;
    private const int NegatedRate = 7;

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames => ["m", "v"];

    /// <inheritdoc/>
    public override int ColumnCount => 8;

    /// <inheritdoc/>
    public override IReadOnlyList<int> MovingColumns => [Decay, NegatedRate];

    /// <inheritdoc/>
    public override IReadOnlyList<int> StateCounts(int count) => [count, count];

    /// <inheritdoc/>
    public override void Fill(OptimizerConfig config, double learningRate, int step, Span<float> columns)
    {
        var adam = (AdamW)config;
        columns[Decay] = (float)(adam.DecayTarget == DecayTarget.Gradient ? adam.WeightDecay : learningRate * adam.WeightDecay);
        columns[Beta1] = (float)adam.Beta1;
        columns[OneMinusBeta1] = (float)(1 - adam.Beta1);
        columns[Beta2] = (float)adam.Beta2;
        columns[OneMinusBeta2] = (float)(1 - adam.Beta2);
        columns[RootScale] = (float)(1 / Math.Sqrt(1 - Math.Pow(adam.Beta2, step + 1d)));
        columns[Epsilon] = (float)adam.Epsilon;
        columns[NegatedRate] = (float)(-learningRate / (1 - Math.Pow(adam.Beta1, step + 1d)));
    }

    /// <inheritdoc/>
    public override void DrawNoise(OptimizerConfig config, RandomStream stream, int step, Span<float> noise)
    {
        stream.Restart((ulong)step);
        stream.FillNormal(noise, 0f, (float)((AdamW)config).UpdateNoise);
    }

    /// <inheritdoc/>
    public override void Apply(UpdateOperands operands)
    {
        Tensor p = operands.Parameters, g = operands.Gradient, m = operands.State[0], v = operands.State[1], decay = operands.Column(Decay);
        switch (structure.DecayTarget)
        {
            case DecayTarget.Gradient: g = g.PlusProduct(p, decay); break;
            case DecayTarget.Initialization: p.IncreaseByProduct(operands.Initial! - p, decay); break;
            default: p.addcmul_(p, decay, Held.Integer(-1)); break;
        }

        m.mul_(operands.Column(Beta1)).IncreaseByProduct(g, operands.Column(OneMinusBeta1));
        v.mul_(operands.Column(Beta2)).IncreaseByProduct(g * g, operands.Column(OneMinusBeta2));
        Tensor update = m / v.sqrt().mul_(operands.Column(RootScale)).Increase(operands.Column(Epsilon));
        if (operands.Noise is not null)
        {
            update.Increase(operands.Noise);
        }

        p.IncreaseByProduct(update, operands.Column(NegatedRate));
    }
}
