using Grokking.Models;
using Grokking.Tasks;

namespace Grokking.Tests.Unit.Models;

[Trait("Category", "Unit")]
public sealed class PrefixTrieTests
{
    [Theory]
    [InlineData(SequenceConvention.PaperText, true)]
    [InlineData(SequenceConvention.PaperText, false)]
    [InlineData(SequenceConvention.OpenAICode, true)]
    [InlineData(SequenceConvention.OpenAICode, false)]
    public void Every_row_attends_to_the_prefixes_of_its_prefix_and_every_scored_token_has_its_row(SequenceConvention convention, bool share)
    {
        for (int blocks = 1; blocks <= 3; blocks++)
        {
            ModelBatch batch = ModelBatch.Drawn(Operations.Subtract, convention, count: 60);
            PrefixTrie trie = Built(batch, blocks, share);

            // What a row stands for, followed from the table of inputs through every block.
            string[] prefixes = [.. Enumerable.Range(0, trie.InputCount).Select(row => $"{trie.InputToken[row]}@{trie.InputPosition[row]}")];
            Assert.Equal(prefixes.Length, prefixes.Distinct(StringComparer.Ordinal).Count());
            for (int l = 0; l < blocks; l++)
            {
                BlockRows rows = trie.Blocks[l];
                Assert.Equal(prefixes.Length, rows.InputCount);
                prefixes = [.. Enumerable.Range(0, rows.OutputCount).Select(row => Read(rows, row, prefixes, isFirst: l == 0))];
            }

            Assert.Equal(ScoredPrefixes(batch), prefixes, StringComparer.Ordinal);
        }
    }

    [Fact]
    public void Equations_share_their_beginnings()
    {
        // All 97 left elements, each with three right ones: a, a ∘, a ∘ b and a ∘ b =.
        const int B = 3 * 97;
        ModelBatch batch = ModelBatch.Of(
            Operations.Add, SequenceConvention.PaperText, Enumerable.Range(0, B).Select(i => ((i / 3) * 97) + ((i * 31) % 97)));

        PrefixTrie trie = Built(batch, blocks: 2, share: true);

        int rightElements = Enumerable.Range(0, B).Select(i => batch.Tokens[(i * 4) + 2]).Distinct().Count();
        Assert.Equal(97 + 97 + (2 * B), trie.NodeCount);
        Assert.Equal(97 + 1 + rightElements + 1, trie.InputCount);
        Assert.Equal((97 + 1 + rightElements + 1, trie.NodeCount), (trie.Blocks[0].InputCount, trie.Blocks[0].OutputCount));
        Assert.Equal((trie.NodeCount, B), (trie.Blocks[1].InputCount, trie.Blocks[1].OutputCount));
    }

    [Fact]
    public void A_repeated_example_adds_no_node_but_is_scored_again()
    {
        ModelBatch once = ModelBatch.Of(Operations.Add, SequenceConvention.PaperText, [5, 700]);
        ModelBatch twice = ModelBatch.Of(Operations.Add, SequenceConvention.PaperText, [5, 700, 5]);

        PrefixTrie of1 = Built(once, blocks: 2, share: true), of2 = Built(twice, blocks: 2, share: true);

        Assert.Equal((of1.NodeCount, of1.InputCount), (of2.NodeCount, of2.InputCount));
        Assert.Equal((2, 3), (of1.Blocks[^1].OutputCount, of2.Blocks[^1].OutputCount));
        Assert.Equal(of2.Blocks[^1].Own[0], of2.Blocks[^1].Own[2]);
    }

    [Fact]
    public void Without_sharing_there_is_a_node_for_every_position_of_every_example_position_by_position()
    {
        ModelBatch batch = ModelBatch.Of(Operations.Add, SequenceConvention.PaperText, [5, 700, 5]);

        PrefixTrie trie = Built(batch, blocks: 2, share: false);

        Assert.Equal(3 * 4, trie.NodeCount);

        // The input of node t·B + b is token t of example b.
        Assert.Equal(
            Enumerable.Range(0, 12).Select(node => batch.Tokens[((node % 3) * 4) + (node / 3)]),
            Enumerable.Range(0, 12).Select(node => trie.InputToken[trie.Blocks[0].Own[node]]));
    }

    [Fact]
    public void A_second_batch_forgets_the_first()
    {
        ModelBatch first = ModelBatch.Drawn(Operations.Add, SequenceConvention.PaperText, 60);
        ModelBatch second = ModelBatch.Of(Operations.Add, SequenceConvention.PaperText, [9000, 17, 300]);
        PrefixTrie reused = Built(first, blocks: 2, share: true), fresh = Built(second, blocks: 2, share: true);

        reused.Build(second.Tokens, [3]);

        Assert.Equal((fresh.NodeCount, fresh.InputCount), (reused.NodeCount, reused.InputCount));
        for (int l = 0; l < 2; l++)
        {
            BlockRows expected = fresh.Blocks[l], actual = reused.Blocks[l];
            int rows = expected.OutputCount;
            Assert.Equal(rows, actual.OutputCount);
            Assert.Equal(expected.Own[..rows], actual.Own[..rows]);
            Assert.Equal(expected.Attention.Query[..rows], actual.Attention.Query[..rows]);
            Assert.Equal(expected.Attention.KeyCount[..rows], actual.Attention.KeyCount[..rows]);
        }
    }

    [Fact]
    public void Queries_are_gathered_where_fewer_rows_come_out_than_go_in()
    {
        ModelBatch batch = ModelBatch.Of(Operations.Add, SequenceConvention.PaperText, [5, 700, 5]);

        BlockRows last = Built(batch, blocks: 2, share: true).Blocks[1];

        Assert.True(last.GathersQueries);
        Assert.Equal([0, 1, 2], last.Attention.Query[..3]);
    }

    private static PrefixTrie Built(ModelBatch batch, int blocks, bool share)
    {
        int T = batch.Sequences.Length, B = batch.Tokens.Length / T, reads = batch.Sequences.ReadPositions.Length;
        var trie = new PrefixTrie(B, T, batch.Sequences.VocabularySize, reads, blocks, share);
        trie.Build(batch.Tokens, batch.Sequences.ReadPositions);
        return trie;
    }

    // The keys end with the row itself; in the first block they are the tokens of the prefix, later the prefixes of the prefix.
    private static string Read(BlockRows rows, int row, string[] prefixes, bool isFirst)
    {
        int[] keys = rows.Attention.Keys.AsSpan(row * rows.Attention.MaxKeys, rows.Attention.KeyCount[row]).ToArray();
        Assert.Equal(prefixes[rows.Own[row]], prefixes[keys[^1]]);
        Assert.Equal(rows.GathersQueries ? row : rows.Own[row], rows.Attention.Query[row]);
        if (isFirst)
        {
            return string.Join(' ', keys.Select(key => prefixes[key]));
        }

        for (int s = 0; s < keys.Length; s++)
        {
            Assert.Equal(string.Join(' ', prefixes[rows.Own[row]].Split(' ').Take(s + 1)), prefixes[keys[s]]);
        }

        return prefixes[rows.Own[row]];
    }

    private static IEnumerable<string> ScoredPrefixes(ModelBatch batch)
    {
        int T = batch.Sequences.Length;
        int[] reads = batch.Sequences.ReadPositions.ToArray();
        return Enumerable.Range(0, batch.Tokens.Length / T).SelectMany(b => reads.Select(
            read => string.Join(' ', Enumerable.Range(0, read + 1).Select(t => $"{batch.Tokens[(b * T) + t]}@{t}"))));
    }
}
