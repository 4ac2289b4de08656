using Grokking.Numerics;

namespace Grokking.Models;

/// <summary>What a network minimises.</summary>
public enum LossKind
{
    /// <summary>Softmax cross-entropy, computed in double.</summary>
    CrossEntropy,

    /// <summary>Cross-entropy of StableMax, computed in double: Prieto et al. 2025.</summary>
    StableMax,

    /// <summary>Squared error, averaged over the outputs, against the vector that stands for the class.</summary>
    SquaredError,

    /// <summary>Softmax cross-entropy, computed in float: exactly 0 where a row is learnt well. Prieto et al. 2025.</summary>
    FloatCrossEntropy,
}

/// <summary>A loss over rows of outputs, each with its right class. Not for several threads at once.</summary>
public abstract class OutputLoss
{
    private protected OutputLoss(int width) => Width = width;

    /// <summary>Outputs of one row.</summary>
    public int Width { get; }

    /// <summary>Softmax cross-entropy over this many classes, ≥ 2.</summary>
    public static OutputLoss CrossEntropy(int classes) => new SoftmaxLoss(classes);

    /// <summary>Softmax cross-entropy in float over this many classes, ≥ 2.</summary>
    public static OutputLoss FloatCrossEntropy(int classes) => new FloatSoftmaxLoss(classes);

    /// <summary>StableMax cross-entropy over this many classes, ≥ 2.</summary>
    public static OutputLoss StableMax(int classes) => new StableMaxLoss(classes);

    /// <summary>Squared error against one-hot vectors of this many classes, ≥ 2; the largest output is the answer.</summary>
    public static OutputLoss SquaredError(int classes)
    {
        var oneHot = new Matrix(classes, classes);
        for (int c = 0; c < classes; c++)
        {
            oneHot.Row(c)[c] = 1;
        }

        return new OneHotLoss(oneHot);
    }

    /// <summary>Squared error against a vector for each class; the class whose vector is nearest is the answer.</summary>
    /// <param name="templates">(classes, outputs), kept.</param>
    public static OutputLoss SquaredError(Matrix templates) => new TemplateLoss(templates);

    /// <summary>Squared error against a vector for each answer of a regression; an example is right where its error is small.</summary>
    /// <param name="targets">(answers, outputs), kept.</param>
    /// <param name="rightBelow">&gt; 0: the mean squared error over the outputs below which it is.</param>
    public static OutputLoss SquaredError(Matrix targets, double rightBelow) => new RegressionLoss(targets, rightBelow);

    /// <summary>The loss of a row, and whether its answer is the right one: of equals the first.</summary>
    /// <param name="outputs">(≥ rows, width).</param>
    /// <param name="row">Which row; it stays.</param>
    /// <param name="target">The right class.</param>
    public abstract (double Loss, bool Correct) Forward(Matrix outputs, int row, int target);

    /// <summary>The same; the row becomes its gradient.</summary>
    /// <param name="outputs">(≥ rows, width).</param>
    /// <param name="row">Which row; becomes the gradient.</param>
    /// <param name="target">The right class.</param>
    /// <param name="weight">Factor of the gradient: 1 / (number of scored rows) makes it that of the mean loss.</param>
    public abstract (double Loss, bool Correct) ForwardBackward(Matrix outputs, int row, int target, double weight);

    private sealed class SoftmaxLoss(int classes) : OutputLoss(classes)
    {
        private readonly double[] _exponentials = new double[Gemm.RoundUp(classes, Lanes.Count)];

        public override (double Loss, bool Correct) Forward(Matrix outputs, int row, int target) =>
            Numerics.CrossEntropy.Forward(outputs, row, target, _exponentials);

        public override (double Loss, bool Correct) ForwardBackward(Matrix outputs, int row, int target, double weight) =>
            Numerics.CrossEntropy.ForwardBackward(outputs, row, target, weight, _exponentials);
    }

    private static bool IsLargest(ReadOnlySpan<float> outputs, int target)
    {
        for (int v = 0; v < outputs.Length; v++)
        {
            // This way round a NaN is no answer.
            if (!(v < target ? outputs[v] < outputs[target] : outputs[v] <= outputs[target]))
            {
                return false;
            }
        }

        return true;
    }

    private sealed class FloatSoftmaxLoss(int classes) : OutputLoss(classes)
    {
        public override (double Loss, bool Correct) Forward(Matrix outputs, int row, int target) =>
            (Numerics.FloatCrossEntropy.Forward(outputs, row, target), IsLargest(outputs.Row(row), target));

        public override (double Loss, bool Correct) ForwardBackward(Matrix outputs, int row, int target, double weight)
        {
            bool correct = IsLargest(outputs.Row(row), target);
            return (Numerics.FloatCrossEntropy.ForwardBackward(outputs, row, target, weight), correct);
        }
    }

    private sealed class StableMaxLoss(int classes) : OutputLoss(classes)
    {
        public override (double Loss, bool Correct) Forward(Matrix outputs, int row, int target) =>
            (Numerics.StableMax.Forward(outputs, row, target), IsLargest(outputs.Row(row), target));

        public override (double Loss, bool Correct) ForwardBackward(Matrix outputs, int row, int target, double weight)
        {
            bool correct = IsLargest(outputs.Row(row), target);
            return (Numerics.StableMax.ForwardBackward(outputs, row, target, weight), correct);
        }
    }

    private sealed class OneHotLoss(Matrix oneHot) : OutputLoss(oneHot.Columns)
    {
        public override (double Loss, bool Correct) Forward(Matrix outputs, int row, int target) =>
            (Numerics.SquaredError.Forward(outputs, row, oneHot, target), IsLargest(outputs.Row(row), target));

        public override (double Loss, bool Correct) ForwardBackward(Matrix outputs, int row, int target, double weight)
        {
            bool correct = IsLargest(outputs.Row(row), target);
            return (Numerics.SquaredError.ForwardBackward(outputs, row, oneHot, target, weight), correct);
        }
    }

    private sealed class RegressionLoss(Matrix targets, double rightBelow) : OutputLoss(targets.Columns)
    {
        public override (double Loss, bool Correct) Forward(Matrix outputs, int row, int target)
        {
            double loss = Numerics.SquaredError.Forward(outputs, row, targets, target);
            return (loss, loss < rightBelow);
        }

        public override (double Loss, bool Correct) ForwardBackward(Matrix outputs, int row, int target, double weight)
        {
            double loss = Numerics.SquaredError.ForwardBackward(outputs, row, targets, target, weight);
            return (loss, loss < rightBelow);
        }
    }

    private sealed class TemplateLoss : OutputLoss
    {
        private readonly Matrix _templates;
        private readonly float[] _halfSquares; // (classes) ‖t‖²/2

        public TemplateLoss(Matrix templates)
            : base(templates.Columns)
        {
            _templates = templates;
            _halfSquares = [.. Enumerable.Range(0, templates.Rows).Select(c => 0.5f * Lanes.Dot(templates.Row(c), templates.Row(c)))];
        }

        public override (double Loss, bool Correct) Forward(Matrix outputs, int row, int target) =>
            (Numerics.SquaredError.Forward(outputs, row, _templates, target), IsNearest(outputs, row, target));

        public override (double Loss, bool Correct) ForwardBackward(Matrix outputs, int row, int target, double weight)
        {
            bool correct = IsNearest(outputs, row, target);
            return (Numerics.SquaredError.ForwardBackward(outputs, row, _templates, target, weight), correct);
        }

        private bool IsNearest(Matrix outputs, int row, int target)
        {
            float closeness = Closeness(outputs, row, target);
            for (int c = 0; c < _templates.Rows; c++)
            {
                float other = Closeness(outputs, row, c);
                if (!(c < target ? other < closeness : other <= closeness))
                {
                    return false;
                }
            }

            return true;
        }

        // Of two templates the nearer one has the larger x·t − ‖t‖²/2.
        private float Closeness(Matrix outputs, int row, int c) => Lanes.Dot(outputs, row, _templates, c) - _halfSquares[c];
    }
}
