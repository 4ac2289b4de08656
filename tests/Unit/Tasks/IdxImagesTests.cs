using System.Buffers.Binary;
using System.Security.Cryptography;
using Grokking.Laboratory;
using Grokking.Store;
using Grokking.Tasks;
using Grokking.Tests.Soak.Files;
using Grokking.Tests.Unit.Training;
using Grokking.Training;

namespace Grokking.Tests.Unit.Tasks;

/// <summary>On small files that the tests write; the folder's variable belongs to the process, so they are one class, whose tests follow each other.</summary>
[Trait("Category", "Unit")]
public sealed class IdxImagesTests : IDisposable
{
    private const int Count = 6, Rows = 2, Columns = 3;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("idx");

    public IdxImagesTests() => Environment.SetEnvironmentVariable(IdxImages.FolderVariable, _folder.FullName);

    private IdxImages Task => new() { Examples = 4, Pixels = Rows * Columns, Classes = 3, Digest = Digest() };

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(IdxImages.FolderVariable, null);
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Pictures_are_drawn_with_their_classes_and_pixels_go_from_0_to_1()
    {
        WriteFiles();

        VectorExamples examples = (Task with { Examples = Count }).Draw(seed: 3);

        Assert.Null(examples.Targets);
        int[] pictures = [.. Enumerable.Range(0, Count).Select(i => (int)MathF.Round(examples.Inputs.Row(i)[0] * 255) / 10)];
        Assert.Equal(Enumerable.Range(0, Count), pictures.Order());
        Assert.NotEqual(Enumerable.Range(0, Count), pictures);
        for (int i = 0; i < Count; i++)
        {
            Assert.Equal(pictures[i] % 3, examples.Answers[i]);
            Assert.Equal([.. Picture(pictures[i]).Select(pixel => pixel / 255f)], examples.Inputs.Row(i).ToArray());
        }
    }

    [Fact]
    public void Fewer_pictures_are_the_first_of_more_and_another_seed_draws_others()
    {
        WriteFiles();

        Assert.Equal(Pixels(Task.Draw(1), 4), Pixels((Task with { Examples = Count }).Draw(1), 4));
        Assert.NotEqual(Pixels(Task.Draw(1), 4), Pixels(Task.Draw(2), 4));
    }

    [Fact]
    public void Without_a_folder_the_variable_is_named()
    {
        Environment.SetEnvironmentVariable(IdxImages.FolderVariable, "");

        AssertRefused(new IdxImages(), "GROKKING_IMAGES must name the folder of train-images-idx3-ubyte and train-labels-idx1-ubyte.");
    }

    [Fact]
    public void Files_are_looked_at_before_a_run_is_begun_and_not_for_one_that_is_kept()
    {
        Experiment experiment = TinyExperiments.TeacherMlp with { Task = new IdxImages(), Steps = 1 };
        var files = new MemoryFiles();
        var storing = new StoringEngine(new CpuEngine(), new RunStore(files));

        Assert.Throws<IdxException>(() => storing.Train(experiment, progress: null, checkpointing: null, CancellationToken.None));
        Assert.Empty(files.Paths);

        WriteFiles();
        experiment = experiment with { Task = Task };
        Assert.Equal(RunOrigin.Trained, storing.Train(experiment, progress: null, checkpointing: null, CancellationToken.None).Origin);
        File.Delete(PathOf("train-images-idx3-ubyte"));
        Assert.Equal(RunOrigin.Cached, storing.Train(experiment, progress: null, checkpointing: null, CancellationToken.None).Origin);
    }

    [Fact]
    public void A_missing_file_is_named() => AssertRefused(new IdxImages(), "train-images-idx3-ubyte cannot be read: ");

    [Fact]
    public void A_packed_file_is_not_unpacked()
    {
        File.WriteAllBytes(PathOf("train-images-idx3-ubyte.gz"), [1]);

        AssertRefused(new IdxImages(), "is there packed only; unpack train-images-idx3-ubyte.gz.");
    }

    [Fact]
    public void Whoever_gives_no_digest_is_told_it()
    {
        WriteFiles();

        AssertRefused(Task with { Digest = "" }, "write task.digest=" + Digest());
    }

    [Fact]
    public void Other_files_than_those_of_the_digest_are_refused()
    {
        WriteFiles();
        IdxImages task = Task;
        byte[] labels = File.ReadAllBytes(PathOf("train-labels-idx1-ubyte"));
        labels[^1] ^= 1;
        File.WriteAllBytes(PathOf("train-labels-idx1-ubyte"), labels);

        AssertRefused(task, "and the task asks for " + task.Digest);
    }

    [Theory]
    [InlineData(7, 6, 3, "has 6 pictures of 6 pixels, and the task asks for 7 of 6.")]
    [InlineData(4, 5, 3, "has 6 pictures of 6 pixels, and the task asks for 4 of 5.")]
    [InlineData(6, 6, 2, "has the label 2, and the task 2 classes.")]
    public void Files_of_another_size_are_refused(int examples, int pixels, int classes, string message)
    {
        WriteFiles();

        AssertRefused(Task with { Examples = examples, Pixels = pixels, Classes = classes }, message);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 9)]
    [InlineData(3, 1)]
    public void Another_format_is_refused(int place, byte value)
    {
        WriteFiles();
        byte[] pictures = File.ReadAllBytes(PathOf("train-images-idx3-ubyte"));
        pictures[place] = value;
        File.WriteAllBytes(PathOf("train-images-idx3-ubyte"), pictures);

        AssertRefused(new IdxImages(), "train-images-idx3-ubyte is no IDX file of unsigned bytes in 3 dimensions.");
    }

    [Theory]
    [InlineData(7, "has 36 bytes behind its header, which speaks of 7 × 2 × 3.")]
    [InlineData(-1, "which speaks of -1 × 2 × 3.")]
    [InlineData(int.MaxValue, "which speaks of 2147483647 × 2 × 3.")]
    public void A_header_that_does_not_fit_is_refused(int count, string message)
    {
        WriteFiles();
        byte[] pictures = File.ReadAllBytes(PathOf("train-images-idx3-ubyte"));
        BinaryPrimitives.WriteInt32BigEndian(pictures.AsSpan(4), count);
        File.WriteAllBytes(PathOf("train-images-idx3-ubyte"), pictures);

        AssertRefused(new IdxImages(), message);
    }

    [Fact]
    public void A_label_for_each_picture_is_asked_for()
    {
        WriteFiles();
        File.WriteAllBytes(PathOf("train-labels-idx1-ubyte"), [0, 0, 8, 1, 0, 0, 0, 2, 1, 1]);

        AssertRefused(new IdxImages(), "has 6 pictures and 2 labels.");
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef")]
    public void A_digest_is_64_digits(string digest) =>
        Assert.Throws<ArgumentOutOfRangeException>("Digest", (new IdxImages { Digest = digest }).Validate);

    private static void AssertRefused(IdxImages task, string message) =>
        Assert.Contains(message, Assert.Throws<IdxException>(() => task.Draw(0)).Message, StringComparison.Ordinal);

    private static float[] Pixels(VectorExamples examples, int count) => [.. Enumerable.Range(0, count).SelectMany(i => examples.Inputs.Row(i).ToArray())];

    private static byte[] Picture(int number) => [.. Enumerable.Range(0, Rows * Columns).Select(pixel => (byte)((10 * number) + pixel))];

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private string Digest() => File.Exists(PathOf("train-images-idx3-ubyte"))
        ? Convert.ToHexStringLower(SHA256.HashData([.. File.ReadAllBytes(PathOf("train-images-idx3-ubyte")), .. File.ReadAllBytes(PathOf("train-labels-idx1-ubyte"))]))
        : "";

    private void WriteFiles()
    {
        File.WriteAllBytes(
            PathOf("train-images-idx3-ubyte"),
            [0, 0, 8, 3, 0, 0, 0, Count, 0, 0, 0, Rows, 0, 0, 0, Columns, .. Enumerable.Range(0, Count).SelectMany(Picture)]);
        File.WriteAllBytes(PathOf("train-labels-idx1-ubyte"), [0, 0, 8, 1, 0, 0, 0, Count, .. Enumerable.Range(0, Count).Select(i => (byte)(i % 3))]);
    }
}
