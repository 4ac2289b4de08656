using Grokking.Models;
using static TorchSharp.torch;

namespace Grokking.TorchSharp;

/// <summary>What is minimised, row by row and in double where the CPU engine has it so: the losses of <see cref="OutputLoss"/> over tensors.</summary>
/// <param name="kind">Which.</param>
/// <param name="rightBelow">Of a regression, the loss below which a row's answer is right; null where the answers are classes.</param>
internal sealed class StackedLoss(LossKind kind, double? rightBelow = null)
{
    /// <summary>The loss of each row of outputs, double.</summary>
    /// <param name="outputs">(R, B, reads, outputs) float32.</param>
    /// <param name="targets">(R, B, reads) int64, the right classes.</param>
    /// <param name="templates">(R, answers, outputs) the vectors that stand for the answers; null where an answer is an output.</param>
    public Tensor Rows(Tensor outputs, Tensor targets, Tensor? templates = null)
    {
        Tensor x = outputs.to(ScalarType.Float64);
        Tensor places = targets.unsqueeze(-1);
        switch (kind)
        {
            case LossKind.CrossEntropy:
                return nn.functional.log_softmax(x, -1).gather(-1, places).squeeze(-1).neg();
            case LossKind.FloatCrossEntropy:
                return nn.functional.log_softmax(outputs, -1).gather(-1, places).squeeze(-1).neg().to(ScalarType.Float64);
            case LossKind.StableMax:
                // s(x) = x + 1 for x ≥ 0 and 1/(1 − x) below; the unused branch is kept from dividing by 0, whose gradient would be no number.
                Tensor heights = where(x.ge(Held.Integer(0)), x.Plus(1), x.clamp(max: Held.Integer(0)).neg().Plus(1).reciprocal());
                return heights.sum([-1L]).log() - heights.gather(-1, places).squeeze(-1).log();
            case LossKind.SquaredError:
                Tensor difference = x - Wanted(x, places, templates);
                return (difference * difference).mean([-1L]);
            default:
                throw new NotSupportedException($"The TorchSharp engine has no loss {kind}.");
        }
    }

    /// <summary>(R) the loss of each run's batch.</summary>
    /// <param name="outputs">(R, B, reads, outputs) float32.</param>
    /// <param name="batch">Gives targets, templates and what a row counts.</param>
    public Tensor OfRuns(Tensor outputs, StackedBatch batch) => (Rows(outputs, batch.Targets, batch.Constants.Answers) * batch.Weights).sum([1L, 2L]);

    /// <summary>
    /// Whether each row's answer is the right one, bool: the largest output or the nearest template, of equals the first; NaN is no answer. Of a
    /// regression, whether the loss is small.
    /// </summary>
    /// <inheritdoc cref="Rows"/>
    public Tensor Right(Tensor outputs, Tensor targets, Tensor? templates = null)
    {
        if (rightBelow is { } limit)
        {
            return Rows(outputs, targets, templates).lt(Held.Real(limit));
        }

        Tensor scores = templates is null ? outputs : Closeness(outputs, templates);

        // The first place of the maximum is V less the largest of V − place over all its places; argmax promises no order among equals.
        long V = scores.shape[^1];
        Tensor fromTheEnd = arange(Held.Integer(V), Held.Integer(0), Held.Integer(-1), dtype: ScalarType.Int64, device: scores.device);
        Tensor isLargest = scores == scores.amax([-1L], keepdim: true);
        return (isLargest.to(ScalarType.Int64) * fromTheEnd).amax([-1L]).Plus(targets).eq(Held.Integer(V));
    }

    private static Tensor Wanted(Tensor x, Tensor places, Tensor? templates)
    {
        if (templates is null)
        {
            return zeros_like(x).scatter(-1, places, ones_like(places, dtype: ScalarType.Float64));
        }

        long R = x.shape[0], width = x.shape[3];
        return templates.to(ScalarType.Float64).gather(1L, places.view(R, -1, 1).expand(R, -1, width)).view(x.shape);
    }

    // Of two templates the nearer one has the larger x·t − ‖t‖²/2: (R, B, reads, classes).
    private static Tensor Closeness(Tensor outputs, Tensor templates)
    {
        long R = outputs.shape[0], width = outputs.shape[3];
        Tensor products = outputs.reshape(R, -1, width).bmm(templates.transpose(1, 2));
        Tensor halfSquares = (templates * templates).sum([2L]).unsqueeze(1L).Times(0.5f);
        return (products - halfSquares).view(R, outputs.shape[1], outputs.shape[2], templates.shape[1]);
    }
}
