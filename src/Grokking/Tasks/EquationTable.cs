namespace Grokking.Tasks;

/// <summary>
/// All equations a ∘ b = c of an operation, ascending in a and then in b, without the undefined ones. An equation is named by its
/// place in this order.
/// </summary>
public sealed class EquationTable
{
    private const int Undefined = -1;

    private readonly int[] _left;
    private readonly int[] _right;
    private readonly int[] _answers;
    private readonly int[] _indexOfPair; // (ElementCount, ElementCount)

    /// <summary>Works out the table.</summary>
    /// <param name="operation">Validated first.</param>
    /// <exception cref="ArgumentOutOfRangeException">The operation does not exist at its size.</exception>
    public EquationTable(Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        operation.Validate();
        Operation = operation;

        int elements = operation.ElementCount;
        _indexOfPair = new int[elements * elements];
        List<int> left = [];
        List<int> right = [];
        List<int> answers = [];
        for (int a = 0; a < elements; a++)
        {
            for (int b = 0; b < elements; b++)
            {
                bool defined = operation.IsDefined(a, b);
                _indexOfPair[(a * elements) + b] = defined ? answers.Count : Undefined;
                if (defined)
                {
                    left.Add(a);
                    right.Add(b);
                    answers.Add(operation.Apply(a, b));
                }
            }
        }

        (_left, _right, _answers) = ([.. left], [.. right], [.. answers]);
        IsSymmetric = MirrorsAgree();
    }

    /// <summary>What the equations are about.</summary>
    public Operation Operation { get; }

    /// <summary>N, the number of equations.</summary>
    public int Count => _answers.Length;

    /// <summary>(N) a of each equation.</summary>
    public ReadOnlySpan<int> Left => _left;

    /// <summary>(N) b of each equation.</summary>
    public ReadOnlySpan<int> Right => _right;

    /// <summary>(N) c of each equation.</summary>
    public ReadOnlySpan<int> Answers => _answers;

    /// <summary>Whether a ∘ b and b ∘ a are the same, or both undefined, for all a and b.</summary>
    public bool IsSymmetric { get; }

    /// <summary>The equation a ∘ b = …, or null where a ∘ b is undefined.</summary>
    /// <exception cref="ArgumentOutOfRangeException">a or b is no element.</exception>
    public int? IndexOf(int a, int b)
    {
        ThrowUnlessElement(a, nameof(a));
        ThrowUnlessElement(b, nameof(b));
        int index = _indexOfPair[(a * Operation.ElementCount) + b];
        return index == Undefined ? null : index;
    }

    private void ThrowUnlessElement(int value, string name)
    {
        if (value < 0 || value >= Operation.ElementCount)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be 0 to {Operation.ElementCount - 1} in {Operation.Name}.");
        }
    }

    private bool MirrorsAgree()
    {
        for (int equation = 0; equation < Count; equation++)
        {
            if (IndexOf(_right[equation], _left[equation]) is not { } mirror || _answers[mirror] != _answers[equation])
            {
                return false;
            }
        }

        return true;
    }
}
