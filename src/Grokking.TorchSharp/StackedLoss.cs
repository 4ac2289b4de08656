using Grokking.Models;
using static TorchSharp.torch;

namespace Grokking.TorchSharp;

/// <summary>What is minimised, row by row and in double: the losses of <see cref="OutputLoss"/> over tensors.</summary>
/// <param name="kind">Which.</param>
internal sealed class StackedLoss(LossKind kind)
{
    /// <summary>The loss of each row of outputs, double.</summary>
    /// <param name="outputs">(…, V) float32.</param>
    /// <param name="targets">(…) int64, in [0, V).</param>
    public Tensor Rows(Tensor outputs, Tensor targets)
    {
        Tensor x = outputs.to(ScalarType.Float64);
        Tensor places = targets.unsqueeze(-1);
        switch (kind)
        {
            case LossKind.CrossEntropy:
                return nn.functional.log_softmax(x, -1).gather(-1, places).squeeze(-1).neg();
            case LossKind.StableMax:
                // s(x) = x + 1 for x ≥ 0 and 1/(1 − x) below; the unused branch is kept from dividing by 0, whose gradient would be no number.
                Tensor heights = where(x >= 0, x + 1, 1 / (1 - x.clamp(max: 0)));
                return heights.sum([-1L]).log() - heights.gather(-1, places).squeeze(-1).log();
            default:
                Tensor difference = x - zeros_like(x).scatter(-1, places, ones_like(places, dtype: ScalarType.Float64));
                return (difference * difference).mean([-1L]);
        }
    }

    /// <summary>Whether each row's answer is the right one, bool: the largest output, of equals the first; NaN is no answer.</summary>
    /// <inheritdoc cref="Rows"/>
    public static Tensor Right(Tensor outputs, Tensor targets)
    {
        // The first place of the maximum is V less the largest of V − place over all its places; argmax promises no order among equals.
        long V = outputs.shape[^1];
        Tensor fromTheEnd = arange(V, 0, -1, dtype: ScalarType.Int64, device: outputs.device);
        Tensor isLargest = outputs == outputs.amax([-1L], keepdim: true);
        return (isLargest.to(ScalarType.Int64) * fromTheEnd).amax([-1L]) == V - targets;
    }
}
