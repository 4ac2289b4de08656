using Grokking.Models;
using Grokking.Tasks;
using Grokking.Training;

namespace Grokking.Bench;

/// <summary>
/// Floating-point operations of the matrix products of each step of an experiment: those really made, two per multiply-add, counted on the
/// rows of the step's own prefix trie. Pads of tiles, attention, norms, loss and optimiser do not count.
/// </summary>
internal sealed class StepWork
{
    private readonly TransformerConfig _model;
    private readonly TokenSequences _sequences;
    private readonly int[] _train;
    private readonly Batches _batches;
    private readonly PrefixTrie _trie;
    private readonly int[] _tokens;

    public StepWork(Experiment experiment)
    {
        var table = new EquationTable((Operation)experiment.Task);
        _model = (TransformerConfig)experiment.Model;
        _sequences = TokenSequences.Encode(table, experiment.Convention);
        _train = Split.Draw(table, experiment.TrainFraction, experiment.Seed).Train.ToArray();
        _batches = new Batches(experiment.Batches, _train.Length, experiment.BatchSize, experiment.Seed);
        _tokens = new int[_batches.MaxCount * _sequences.Length];
        bool share = _model.Dropout == 0;
        _trie = new PrefixTrie(
            _batches.MaxCount, _sequences.Length, _sequences.VocabularySize, _sequences.ReadPositions.Length, _model.NLayers, share);
    }

    /// <summary>Steps of one epoch. A window of whole epochs has the paper's own mix of full batches and the short last one.</summary>
    public int StepsPerEpoch => _batches.PerEpoch;

    /// <summary>The examples of a step.</summary>
    public int BatchSize(int step) => _batches.At(step).Length;

    /// <summary>
    /// Operations of one step. A full batch of the paper's model with all 97 values of x has 195 inputs, 1218 prefixes and 512 answers: in
    /// units of d² multiply-adds 3·195 + 9·1218 for the first block, 2·1218 + 10·512 for the second, with 99·512·d for the
    /// unembedding, and 6 operations for each (forward, weight gradient and input gradient), about 1.92·10⁹.
    /// </summary>
    public long Operations(int step)
    {
        ReadOnlySpan<int> batch = _batches.At(step);
        int T = _sequences.Length;
        Span<int> tokens = _tokens.AsSpan(0, batch.Length * T);
        for (int i = 0; i < batch.Length; i++)
        {
            _sequences.Tokens.Slice(_train[batch[i]] * T, T).CopyTo(tokens.Slice(i * T, T));
        }

        _trie.Build(tokens, _sequences.ReadPositions);
        long d = _model.DModel, multiplyAdds = 0;
        foreach (BlockRows rows in _trie.Blocks)
        {
            long keysAndValues = 2 * d * d * rows.InputCount;
            long queries = d * d * (rows.GathersQueries ? rows.OutputCount : rows.InputCount);
            long output = d * d * rows.OutputCount;
            long mlp = 2 * d * _model.DMlp * rows.OutputCount;
            multiplyAdds += keysAndValues + queries + output + mlp;
        }

        multiplyAdds += d * _sequences.VocabularySize * _trie.Blocks[^1].OutputCount;

        // Forward, weight gradient, input gradient; the inputs' gradient is needed in the first block too, by the embedding.
        return 3 * 2 * multiplyAdds;
    }

    /// <summary>Operations of the steps [first, first + count).</summary>
    public long Operations(int first, int count)
    {
        long sum = 0;
        for (int step = first; step < first + count; step++)
        {
            sum += Operations(step);
        }

        return sum;
    }
}
