using Grokking.Numerics;

namespace Grokking.Tasks;

/// <summary>
/// The outputs of a random network, the teacher, on Gaussian inputs: Liu et al. 2023 ("Omnigrok"), §2. The teacher is the student's network before
/// training: two hidden layers of tanh with biases, weights and biases U(±1/√fan_in).
/// </summary>
public sealed record TeacherStudent : VectorTask
{
    /// <summary>D, inputs and as many outputs, 1 to 4,096.</summary>
    public int Width { get; init; } = 5;

    /// <summary>Width of the teacher's hidden layers, 1 to 4,096.</summary>
    public int Hidden { get; init; } = 100;

    /// <summary>The mean squared error over an example's outputs below which it counts as right, &gt; 0: their released notebook has 0.001, the paper 0.01.</summary>
    public double Tolerance { get; init; } = 0.001;

    /// <inheritdoc/>
    public override string Name => FormattableString.Invariant($"teacher {Width}-{Hidden}-{Hidden}-{Width} on {Examples} inputs");

    /// <inheritdoc/>
    public override int InputWidth => Width;

    /// <inheritdoc/>
    public override int AnswerCount => Width;

    /// <inheritdoc/>
    public override double? RightBelow => Tolerance;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require.Between(Width, 1, 4096, nameof(Width));
        Require.Between(Hidden, 1, 4096, nameof(Hidden));
        Require.Holds(Tolerance is > 0 and < double.PositiveInfinity, Tolerance, nameof(Tolerance), "> 0 and finite");
    }

    /// <inheritdoc/>
    /// <remarks>The streams are "inputs" and "teacher/…", one a layer: a run with more examples has those of a smaller one first.</remarks>
    public override VectorExamples Draw(ulong seed)
    {
        var inputs = new Matrix(Examples, Width);
        var stream = new RandomStream(seed, "inputs");
        for (int example = 0; example < Examples; example++)
        {
            stream.FillNormal(inputs.Row(example), mean: 0, standardDeviation: 1);
        }

        Matrix first = Layer(inputs, Hidden, seed, "first");
        HyperbolicTangent.Forward(first, 0, Examples);
        Matrix second = Layer(first, Hidden, seed, "second");
        HyperbolicTangent.Forward(second, 0, Examples);
        return new VectorExamples(inputs, [.. Enumerable.Range(0, Examples)], Layer(second, Width, seed, "output"));
    }

    // x·W + b with W and b of PyTorch's default draw.
    private static Matrix Layer(Matrix x, int columns, ulong seed, string name)
    {
        float bound = 1 / MathF.Sqrt(x.Columns);
        float[] weight = new float[x.Columns * columns], bias = new float[columns];
        new RandomStream(seed, $"teacher/{name}/weight").FillUniform(weight, -bound, bound);
        new RandomStream(seed, $"teacher/{name}/bias").FillUniform(bias, -bound, bound);
        var packed = new PackedMatrix(x.Columns, columns);
        packed.Pack(weight);
        var y = new Matrix(x.Rows, columns);
        Gemm.Multiply(x, packed, y, 0, x.Rows);
        for (int row = 0; row < x.Rows; row++)
        {
            Lanes.Add(bias, y.Row(row));
        }

        return y;
    }
}
