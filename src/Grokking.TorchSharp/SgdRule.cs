using Grokking.Numerics;
using Grokking.Optimizers;
using static TorchSharp.torch;

namespace Grokking.TorchSharp;

/// <summary>The update of <see cref="Sgd"/>, whose remarks have the formula. Subnormal results stay as they are.</summary>
internal sealed class SgdRule(Sgd structure) : UpdateRule
{
    private const int Decay = 0;
    private const int Momentum = 1;
    private const int NegatedRate = 2;

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames => ["velocity"];

    /// <inheritdoc/>
    public override int ColumnCount => 3;

    /// <inheritdoc/>
    public override IReadOnlyList<int> MovingColumns => [NegatedRate];

    /// <inheritdoc/>
    public override IReadOnlyList<int> StateCounts(int count) => [count];

    /// <inheritdoc/>
    public override void Fill(OptimizerConfig config, double learningRate, int step, Span<float> columns)
    {
        var sgd = (Sgd)config;
        columns[Decay] = (float)sgd.WeightDecay;
        columns[Momentum] = (float)sgd.Momentum;
        columns[NegatedRate] = (float)-learningRate;
    }

    /// <inheritdoc/>
    public override void DrawNoise(OptimizerConfig config, RandomStream stream, int step, Span<float> noise)
    {
        stream.Restart((ulong)step);
        stream.FillNormal(noise, 0f, (float)((Sgd)config).UpdateNoise);
    }

    /// <inheritdoc/>
    public override void Apply(UpdateOperands operands)
    {
        Tensor p = operands.Parameters, velocity = operands.State[0], momentum = operands.Column(Momentum);
        Tensor g = operands.Gradient.PlusProduct(p, operands.Column(Decay));
        velocity.mul_(momentum).Increase(g);
        Tensor update = structure.Nesterov ? g.PlusProduct(velocity, momentum) : velocity;
        p.IncreaseByProduct(operands.Noise is null ? update : update.Plus(operands.Noise), operands.Column(NegatedRate));
    }
}
