using Grokking.Numerics;

namespace Grokking.Models;

/// <summary>Which rows a block computes from which: its inputs, its outputs and who attends to whom.</summary>
internal sealed class BlockRows(int maxOutputs, int length)
{
    /// <summary>Rows of the residual stream that go in.</summary>
    public int InputCount { get; set; }

    /// <summary>Rows that come out.</summary>
    public int OutputCount { get; set; }

    /// <summary>(OutputCount) the input row that an output row continues.</summary>
    public int[] Own { get; } = new int[maxOutputs];

    /// <summary>
    /// Who attends to whom; keys are input rows. Queries are input rows too, or, when <see cref="GathersQueries"/>, output rows.
    /// </summary>
    public AttentionRows Attention { get; } = new(maxOutputs, length);

    /// <summary>Whether fewer rows come out than go in, so that only their own rows need a query.</summary>
    public bool GathersQueries => OutputCount < InputCount;
}

/// <summary>
/// A batch of token sequences as the trie of their prefixes. In a causal transformer an activation depends only on the tokens up to its
/// position, so each distinct prefix needs one row, whatever the number of examples that begin with it; the results are the same numbers.
/// The first block reads the table of distinct (token, position) pairs, and the last one computes only the rows that are scored.
/// </summary>
/// <remarks>
/// Where activations differ per example (dropout), nothing is shared: the trie then has a node per example and position, numbered
/// position by position, and all else stays as it is.
/// </remarks>
internal sealed class PrefixTrie
{
    private readonly int _length;            // T
    private readonly int _vocabularySize;    // V
    private readonly bool _share;
    private readonly int[] _inputOf;         // (V, T) row in the input table, valid where the stamp is this batch's
    private readonly int[] _inputStamp;      // (V, T)
    private readonly int[] _node;            // (B, T) node of each example's prefix
    private readonly int[] _nodeInput;       // (N) row in the input table
    private readonly int[] _ancestors;       // (N, T) nodes from the root to the node itself
    private readonly int[] _depth;           // (N) number of ancestors with itself
    private readonly int[] _slotNode;        // open addressing: node in the slot
    private readonly long[] _slotKey;        // (parent, token) in the slot
    private readonly int[] _slotStamp;       // valid where it is this batch's
    private int _stamp;

    /// <summary>Room for batches of up to <paramref name="maxExamples"/> sequences.</summary>
    /// <param name="maxExamples">B, ≥ 1.</param>
    /// <param name="length">T, tokens per sequence.</param>
    /// <param name="vocabularySize">V.</param>
    /// <param name="readsPerExample">Positions that are scored in each sequence.</param>
    /// <param name="blocks">Blocks of the model, ≥ 1.</param>
    /// <param name="share">Whether equal prefixes share a row.</param>
    public PrefixTrie(int maxExamples, int length, int vocabularySize, int readsPerExample, int blocks, bool share)
    {
        _length = length;
        _vocabularySize = vocabularySize;
        _share = share;
        int maxNodes = maxExamples * length;
        MaxNodes = maxNodes;
        MaxReads = maxExamples * readsPerExample;
        MaxInputs = Math.Min(maxNodes, vocabularySize * length);
        _inputOf = new int[vocabularySize * length];
        _inputStamp = new int[vocabularySize * length];
        InputToken = new int[MaxInputs];
        InputPosition = new int[MaxInputs];
        _node = new int[maxNodes];
        _nodeInput = new int[maxNodes];
        _ancestors = new int[maxNodes * length];
        _depth = new int[maxNodes];

        // At most half full, so that a probe ends soon.
        int slots = 1;
        while (slots < 2 * maxExamples)
        {
            slots *= 2;
        }

        _slotNode = new int[slots];
        _slotKey = new long[slots];
        _slotStamp = new int[slots];
        Blocks = [.. Enumerable.Range(0, blocks).Select(block => new BlockRows(block == blocks - 1 ? MaxReads : maxNodes, length))];
    }

    /// <summary>The most nodes a batch can have.</summary>
    public int MaxNodes { get; }

    /// <summary>The most rows of the input table.</summary>
    public int MaxInputs { get; }

    /// <summary>The most scored rows.</summary>
    public int MaxReads { get; }

    /// <summary>Rows of the input table in use.</summary>
    public int InputCount { get; private set; }

    /// <summary>(InputCount) the token of each row of the input table.</summary>
    public int[] InputToken { get; }

    /// <summary>(InputCount) the position of each row of the input table.</summary>
    public int[] InputPosition { get; }

    /// <summary>Nodes in use: distinct prefixes.</summary>
    public int NodeCount { get; private set; }

    /// <summary>What each block computes. The rows out of the last one are the scored ones, example by example.</summary>
    public IReadOnlyList<BlockRows> Blocks { get; }

    /// <summary>Makes the trie of a batch.</summary>
    /// <param name="tokens">(B, T).</param>
    /// <param name="readPositions">The scored positions, ascending.</param>
    public void Build(ReadOnlySpan<int> tokens, ReadOnlySpan<int> readPositions)
    {
        int examples = tokens.Length / _length;
        InputCount = 0;
        NodeCount = 0;
        int inputStamp = ++_stamp;
        for (int t = 0; t < _length; t++)
        {
            // One hash table a position: the parents of its nodes are nodes of the position before.
            int stamp = ++_stamp;
            for (int b = 0; b < examples; b++)
            {
                int token = tokens[(b * _length) + t];
                int parent = t == 0 ? -1 : _node[(b * _length) + t - 1];
                _node[(b * _length) + t] = _share ? FindOrAdd(parent, token, t, stamp, inputStamp) : Add(parent, token, t, inputStamp);
            }
        }

        for (int l = 0; l < Blocks.Count; l++)
        {
            BlockRows rows = Blocks[l];
            bool first = l == 0, last = l == Blocks.Count - 1;
            rows.InputCount = first ? InputCount : NodeCount;
            rows.OutputCount = last ? examples * readPositions.Length : NodeCount;
            for (int row = 0; row < rows.OutputCount; row++)
            {
                int node = last ? _node[(row / readPositions.Length * _length) + readPositions[row % readPositions.Length]] : row;
                rows.Own[row] = first ? _nodeInput[node] : node;
                rows.Attention.Query[row] = rows.GathersQueries ? row : rows.Own[row];
                rows.Attention.KeyCount[row] = _depth[node];
                for (int s = 0; s < _depth[node]; s++)
                {
                    int ancestor = _ancestors[(node * _length) + s];
                    rows.Attention.Keys[(row * _length) + s] = first ? _nodeInput[ancestor] : ancestor;
                }
            }
        }
    }

    private int FindOrAdd(int parent, int token, int position, int stamp, int inputStamp)
    {
        long key = ((long)parent * _vocabularySize) + token;

        // Fibonacci hashing: the top bits of a multiple of 2⁶⁴/φ.
        int mask = _slotNode.Length - 1;
        int slot = (int)((ulong)(key * unchecked((long)0x9E3779B97F4A7C15)) >> 32) & mask;
        while (_slotStamp[slot] == stamp)
        {
            if (_slotKey[slot] == key)
            {
                return _slotNode[slot];
            }

            slot = (slot + 1) & mask;
        }

        _slotStamp[slot] = stamp;
        _slotKey[slot] = key;
        _slotNode[slot] = Add(parent, token, position, inputStamp);
        return _slotNode[slot];
    }

    private int Add(int parent, int token, int position, int inputStamp)
    {
        int cell = (token * _length) + position;
        if (_inputStamp[cell] != inputStamp)
        {
            _inputStamp[cell] = inputStamp;
            _inputOf[cell] = InputCount;
            InputToken[InputCount] = token;
            InputPosition[InputCount] = position;
            InputCount++;
        }

        int node = NodeCount++;
        _nodeInput[node] = _inputOf[cell];
        _depth[node] = position + 1;
        if (parent >= 0)
        {
            _ancestors.AsSpan(parent * _length, position).CopyTo(_ancestors.AsSpan(node * _length, position));
        }

        _ancestors[(node * _length) + position] = node;
        return node;
    }
}
