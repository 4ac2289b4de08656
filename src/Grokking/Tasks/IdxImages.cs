using Grokking.Numerics;

namespace Grokking.Tasks;

/// <summary>
/// Pictures and their classes from a pair of IDX files, the format of MNIST; pixels are divided by 255. Liu et al. 2023 ("Omnigrok"), §4, train on 1,000
/// of MNIST's. Nothing is downloaded: the files lie in the folder that <see cref="FolderVariable"/> names.
/// </summary>
public sealed record IdxImages : VectorTask
{
    /// <summary>Names the folder with train-images-idx3-ubyte and train-labels-idx1-ubyte.</summary>
    public const string FolderVariable = "GROKKING_IMAGES";

    /// <summary>
    /// SHA-256 of the two files, pictures first, as 64 lower-case hexadecimal digits: a run is named by what it learned, not by where that lay. Whoever
    /// leaves it out is told what it is.
    /// </summary>
    public string Digest { get; init; } = "";

    /// <summary>Pixels of a picture, 1 to 1,000,000.</summary>
    public int Pixels { get; init; } = 784;

    /// <summary>Classes, 2 to 256: labels are below it.</summary>
    public int Classes { get; init; } = 10;

    /// <inheritdoc/>
    public override string Name => FormattableString.Invariant($"{Examples} pictures of {Classes} classes");

    /// <inheritdoc/>
    public override int InputWidth => Pixels;

    /// <inheritdoc/>
    public override int AnswerCount => Classes;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require.Holds(Digest.Length is 0 or 64 && Digest.All(char.IsAsciiHexDigitLower), Digest, nameof(Digest), "64 lower-case hexadecimal digits");
        Require.Between(Pixels, 1, 1_000_000, nameof(Pixels));
        Require.Between(Classes, 2, 256, nameof(Classes));
    }

    /// <inheritdoc/>
    /// <exception cref="IdxException">As <see cref="Draw"/> throws it.</exception>
    public override void CheckSources(ulong seed) => Draw(seed);

    /// <inheritdoc/>
    /// <remarks>Which pictures is drawn by the stream "inputs"; a run with more of them has those of a smaller one first.</remarks>
    /// <exception cref="IdxException">The folder or a file is missing, or the files are not those of the digest or not of this size.</exception>
    public override VectorExamples Draw(ulong seed)
    {
        IdxPair files = IdxPair.Read(Environment.GetEnvironmentVariable(FolderVariable));
        if (!string.Equals(files.Digest, Digest, StringComparison.Ordinal))
        {
            throw new IdxException($"The pictures in {files.Folder} have the digest {files.Digest}, and the task asks for {(Digest.Length == 0 ? "none: write task.digest=" + files.Digest : Digest)}.");
        }

        if (files.Pixels != Pixels || files.Count < Examples)
        {
            throw new IdxException(FormattableString.Invariant($"{files.Folder} has {files.Count} pictures of {files.Pixels} pixels, and the task asks for {Examples} of {Pixels}."));
        }

        int[] order = [.. Enumerable.Range(0, files.Count)];
        new RandomStream(seed, "inputs").Shuffle(order);
        var inputs = new Matrix(Examples, Pixels);
        int[] classes = new int[Examples];
        for (int example = 0; example < Examples; example++)
        {
            ReadOnlySpan<byte> picture = files.Picture(order[example]);
            Span<float> x = inputs.Row(example);
            for (int pixel = 0; pixel < Pixels; pixel++)
            {
                x[pixel] = picture[pixel] / 255f;
            }

            classes[example] = files.Label(order[example]);
            if (classes[example] >= Classes)
            {
                throw new IdxException(FormattableString.Invariant($"{files.Folder} has the label {classes[example]}, and the task {Classes} classes."));
            }
        }

        return new VectorExamples(inputs, classes, Targets: null);
    }
}
