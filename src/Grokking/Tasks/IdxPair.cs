using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Grokking.Tasks;

/// <summary>Two files of the IDX format: unsigned bytes behind a big-endian header of 2 zero bytes, type 8, the number of dimensions, and each dimension.</summary>
internal sealed class IdxPair
{
    private const string PicturesFile = "train-images-idx3-ubyte";
    private const string LabelsFile = "train-labels-idx1-ubyte";
    private const byte UnsignedBytes = 8;

    private readonly byte[] _pictures;
    private readonly byte[] _labels;
    private readonly int _picturesStart;
    private readonly int _labelsStart;

    private IdxPair(string folder, byte[] pictures, byte[] labels)
    {
        Folder = folder;
        (_pictures, _labels) = (pictures, labels);
        int[] shape = ShapeOf(pictures, Path.Combine(folder, PicturesFile), dimensions: 3, out _picturesStart);
        int[] labelled = ShapeOf(labels, Path.Combine(folder, LabelsFile), dimensions: 1, out _labelsStart);
        (Count, Pixels) = (shape[0], shape[1] * shape[2]);
        if (labelled[0] != Count)
        {
            throw new IdxException(FormattableString.Invariant($"{folder} has {Count} pictures and {labelled[0]} labels."));
        }

        Digest = Convert.ToHexStringLower(SHA256.HashData([.. pictures, .. labels]));
    }

    /// <summary>Where they lie.</summary>
    public string Folder { get; }

    /// <summary>Number of pictures.</summary>
    public int Count { get; }

    /// <summary>Pixels of each.</summary>
    public int Pixels { get; }

    /// <summary>SHA-256 of the pictures' file and the labels' one after the other, in lower-case hexadecimal digits.</summary>
    public string Digest { get; }

    /// <summary>Reads both files of a folder.</summary>
    /// <param name="folder">Null or empty where nobody named one.</param>
    /// <exception cref="IdxException">There is no such folder or file, or one is no file of this format.</exception>
    public static IdxPair Read(string? folder)
    {
        if (string.IsNullOrEmpty(folder))
        {
            throw new IdxException($"{IdxImages.FolderVariable} must name the folder of {PicturesFile} and {LabelsFile}.");
        }

        return new IdxPair(folder, Bytes(folder, PicturesFile), Bytes(folder, LabelsFile));
    }

    /// <summary>(Pixels) a picture, row by row.</summary>
    public ReadOnlySpan<byte> Picture(int index) => _pictures.AsSpan(_picturesStart + (index * Pixels), Pixels);

    /// <summary>Its class.</summary>
    public int Label(int index) => _labels[_labelsStart + index];

    private static byte[] Bytes(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new IdxException(File.Exists(path + ".gz") ? $"{path} is there packed only; unpack {name}.gz." : $"{path} cannot be read: {cause.Message}");
        }
    }

    private static int[] ShapeOf(byte[] file, string path, int dimensions, out int start)
    {
        start = 4 + (4 * dimensions);
        if (file.Length < start || file[0] != 0 || file[1] != 0 || file[2] != UnsignedBytes || file[3] != dimensions)
        {
            throw new IdxException($"{path} is no IDX file of unsigned bytes in {dimensions} dimensions.");
        }

        int[] shape = new int[dimensions];
        long count = 1;
        for (int i = 0; i < dimensions; i++)
        {
            shape[i] = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(4 + (4 * i)));
            count = shape[i] > 0 && count <= int.MaxValue ? count * shape[i] : -1;
        }

        return count == file.Length - start
            ? shape
            : throw new IdxException(FormattableString.Invariant($"{path} has {file.Length - start} bytes behind its header, which speaks of {string.Join(" × ", shape)}."));
    }
}
