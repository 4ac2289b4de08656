using Grokking.Training;

namespace Grokking.Tests.Unit.Training;

[Trait("Category", "Unit")]
public sealed class BatchesTests
{
    [Theory]
    [InlineData(4704, new[] { 512, 512, 512, 512, 512, 512, 512, 512, 512, 96 })] // x+y mod 97 at one half
    [InlineData(1024, new[] { 512, 512 })]
    [InlineData(1025, new[] { 512, 512, 1 })]
    [InlineData(10, new[] { 5, 5 })]
    [InlineData(11, new[] { 6, 5 })]
    [InlineData(2, new[] { 1, 1 })]
    [InlineData(1, new[] { 1 })]
    public void The_papers_batches_are_512_or_half_the_set_with_a_short_last_one(int count, int[] sizes)
    {
        var batches = new Batches(BatchRule.Paper, count, batchSize: 512, seed: 1);

        Assert.Equal(sizes, Sizes(batches));
        Assert.Equal(sizes.Max(), batches.MaxCount);
    }

    [Theory]
    [InlineData(1109, 512, 3)]
    [InlineData(1024, 512, 2)]
    [InlineData(1025, 512, 3)]
    [InlineData(100, 512, 1)]
    [InlineData(10, 3, 4)]
    [InlineData(7, 1, 7)]
    public void Even_batches_are_as_few_as_fit_and_differ_by_one_at_most(int count, int batchSize, int perEpoch)
    {
        var batches = new Batches(BatchRule.Even, count, batchSize, seed: 1);
        int[] sizes = Sizes(batches);

        Assert.Equal(perEpoch, sizes.Length);
        Assert.True(sizes.Max() - sizes.Min() <= 1);
        Assert.True(sizes.Max() <= batches.MaxCount && batches.MaxCount <= batchSize);
    }

    [Theory]
    [InlineData(BatchRule.Paper)]
    [InlineData(BatchRule.Even)]
    [InlineData(BatchRule.Full)]
    public void Every_epoch_covers_every_example_once(BatchRule rule)
    {
        var batches = new Batches(rule, count: 101, batchSize: 16, seed: 3);

        for (int epoch = 0; epoch < 3; epoch++)
        {
            List<int> seen = [];
            for (int batch = 0; batch < batches.PerEpoch; batch++)
            {
                seen.AddRange(batches.At((epoch * batches.PerEpoch) + batch));
            }

            Assert.Equal(Enumerable.Range(0, 101), seen.Order());
        }
    }

    [Fact]
    public void A_full_batch_is_the_whole_set_in_order_whatever_the_batch_size()
    {
        var batches = new Batches(BatchRule.Full, count: 9, batchSize: 4, seed: 3);

        Assert.Equal(1, batches.PerEpoch);
        Assert.Equal(9, batches.MaxCount);
        Assert.Equal(Enumerable.Range(0, 9), batches.At(0).ToArray());
        Assert.Equal(Enumerable.Range(0, 9), batches.At(77).ToArray());
    }

    [Theory]
    [InlineData(BatchRule.Paper)]
    [InlineData(BatchRule.Even)]
    public void Asking_for_a_step_gives_what_walking_to_it_gives(BatchRule rule)
    {
        var walking = new Batches(rule, count: 50, batchSize: 8, seed: 5);
        int[][] walked = [.. Enumerable.Range(0, 40).Select(step => walking.At(step).ToArray())];

        var jumping = new Batches(rule, count: 50, batchSize: 8, seed: 5);
        foreach (int step in new[] { 39, 3, 22, 21, 0 })
        {
            Assert.Equal(walked[step], jumping.At(step).ToArray());
        }
    }

    [Fact]
    public void Epochs_and_seeds_are_shuffled_differently()
    {
        int[] first = Epoch(seed: 5, epoch: 0);

        Assert.NotEqual(Enumerable.Range(0, 50), first);
        Assert.NotEqual(first, Epoch(seed: 5, epoch: 1));
        Assert.NotEqual(first, Epoch(seed: 6, epoch: 0));
        Assert.Equal(first, Epoch(seed: 5, epoch: 0));
    }

    private static int[] Sizes(Batches batches) => [.. Enumerable.Range(0, batches.PerEpoch).Select(step => batches.At(step).Length)];

    private static int[] Epoch(ulong seed, int epoch)
    {
        // Batches of half the set, two an epoch.
        var batches = new Batches(BatchRule.Paper, count: 50, batchSize: 512, seed);
        return [.. batches.At(2 * epoch).ToArray(), .. batches.At((2 * epoch) + 1).ToArray()];
    }
}
