using System.Runtime.InteropServices;
using Grokking.Store;

namespace Grokking.Tests.Unit.Store;

[Trait("Category", "Unit")]
public sealed partial class DiskFilesTests : IDisposable
{
    private readonly StoreFolder _folder = new();
    private readonly DiskFiles _files;

    public DiskFilesTests() => _files = new DiskFiles(_folder.At("store"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_and_listed()
    {
        _files.CreateFolder("v1/runs");
        Write("v1/runs/b", [1, 2, 3]);
        Write("v1/runs/a", []);

        Assert.Equal([1, 2, 3], _files.Read("v1/runs/b", longest: 3));
        Assert.Equal(
            [new StoreEntry("a", StoreEntryKind.File, 0), new StoreEntry("b", StoreEntryKind.File, 3)],
            _files.List("v1/runs"));
        Assert.Equal([new StoreEntry("runs", StoreEntryKind.Folder, 0)], _files.List("v1"));
    }

    [Fact]
    public void What_is_not_there_is_null_or_nothing()
    {
        Assert.Null(_files.Read("v1/a", longest: 10));
        Assert.Empty(_files.List("v1"));
        Assert.False(Directory.Exists(_files.Root));
        _files.Delete("v1/a");
        _files.CreateFolder("v1");
        Assert.False(_files.Rename("v1/a", "v1/b"));
    }

    [Fact]
    public void A_name_that_is_taken_is_not_created_again()
    {
        _files.CreateFolder("v1");
        Write("v1/a", [1]);
        _files.CreateFolder("v1/folder");

        Assert.Null(_files.TryCreate("v1/a"));
        Assert.Null(_files.TryCreate("v1/folder"));
        Assert.Equal([1], _files.Read("v1/a", longest: 1));
    }

    [Fact]
    public void A_rename_replaces_a_file_and_moves_a_folder()
    {
        _files.CreateFolder("v1/from");
        Write("v1/from/a", [1]);
        Write("v1/b", [2]);

        Assert.True(_files.Rename("v1/from/a", "v1/b"));
        Assert.True(_files.Rename("v1/from", "v1/to"));

        Assert.Equal([1], _files.Read("v1/b", longest: 1));
        Assert.Equal(["b", "to"], _files.List("v1").Select(entry => entry.Name), StringComparer.Ordinal);
    }

    [Fact]
    public void A_file_that_is_too_long_is_refused_unread()
    {
        _files.CreateFolder("v1");
        Write("v1/a", [1, 2, 3]);

        FileTooLongException refusal = Assert.Throws<FileTooLongException>(() => _files.Read("v1/a", longest: 2));
        Assert.Contains("3 bytes", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lock_has_one_owner_and_is_given_back()
    {
        _files.CreateFolder("v1");
        IDisposable? taken = _files.TryLock("v1/lock");

        Assert.NotNull(taken);
        Assert.Null(_files.TryLock("v1/lock"));
        taken.Dispose();
        Assert.Empty(_files.List("v1"));
        using IDisposable? again = _files.TryLock("v1/lock");
        Assert.NotNull(again);
    }

    [Fact]
    public void Looking_at_a_lock_changes_nothing()
    {
        _files.CreateFolder("v1/locks");
        Assert.False(_files.IsLocked("v1/locks/none"));
        Assert.False(_files.IsLocked("v1/nowhere/none"));
        using (_files.TryLock("v1/locks/held"))
        {
            Assert.True(_files.IsLocked("v1/locks/held"));
            Assert.True(_files.IsLocked("v1/locks/held"));
        }

        Write("v1/locks/dead", []);

        Assert.False(_files.IsLocked("v1/locks/dead"));
        Assert.Equal(["dead"], _files.List("v1/locks").Select(entry => entry.Name), StringComparer.Ordinal);
    }

    [Fact]
    public void A_sweep_only_tells_of_a_dead_lock_until_it_is_meant()
    {
        string key = new('a', 64), run = $"v1/runs/aa/{key}", dead = $"v1/locks/{key}.lock";
        _files.CreateFolder("v1/locks");
        _files.CreateFolder(run);
        Write(dead, []);
        Write(run + "/curve.csv.tmp-1-1", [1]);
        var store = new RunStore(_files, new QuarantineList());

        IReadOnlyList<StoreLeftover> wouldGo = store.Collect(dryRun: true);
        Assert.Equal([dead, run + "/curve.csv.tmp-1-1"], wouldGo.Select(leftover => leftover.Path), StringComparer.Ordinal);
        Assert.Equal(wouldGo, store.Collect(dryRun: true));

        Assert.Equal(wouldGo, store.Collect());
        Assert.Empty(_files.List("v1/locks"));
        Assert.Empty(store.Collect());
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("v1/../../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("v1//a")]
    [InlineData("v1/.")]
    [InlineData("C:\\a")]
    [InlineData("v1/a\\b")]
    [InlineData("v1/a:b")]
    [InlineData("v1/a\0b")]
    public void A_path_that_leaves_the_store_is_refused(string path)
    {
        Assert.Throws<ArgumentException>(() => _files.Read(path, longest: 1));
        Assert.Throws<ArgumentException>(() => _files.TryCreate(path));
        Assert.Throws<ArgumentException>(() => _files.Delete(path));
    }

    [Fact]
    public void A_link_to_a_file_is_neither_read_nor_written_through()
    {
        _files.CreateFolder("v1");
        string outside = _folder.At("secret");
        File.WriteAllText(outside, "secret");
        File.CreateSymbolicLink(_folder.At("store", "v1", "a"), outside);
        File.CreateSymbolicLink(_folder.At("store", "v1", "nowhere"), _folder.At("missing"));

        Assert.Equal([StoreEntryKind.Link, StoreEntryKind.Link], _files.List("v1").Select(entry => entry.Kind));
        Assert.Throws<NotPlainFileException>(() => _files.Read("v1/a", longest: 100));
        Assert.Throws<NotPlainFileException>(() => _files.Read("v1/nowhere", longest: 100));
        Assert.Throws<NotPlainFileException>(() => _files.TryLock("v1/a"));
        Assert.Null(_files.TryCreate("v1/a"));
        Assert.Null(_files.TryCreate("v1/nowhere"));
        _files.CreateVolatile("v1/a").Dispose();
        Write("v1/b", [1]);
        File.CreateSymbolicLink(_folder.At("store", "v1", "c"), outside);
        Assert.True(_files.Rename("v1/b", "v1/c"));

        Assert.Equal("secret", File.ReadAllText(outside));
        Assert.False(File.Exists(_folder.At("missing")));
        Assert.Equal([1], _files.Read("v1/c", longest: 1));
    }

    [Fact]
    public void A_link_is_deleted_and_renamed_itself()
    {
        _files.CreateFolder("v1");
        string outside = _folder.At("outside");
        Directory.CreateDirectory(outside);
        File.WriteAllText(Path.Combine(outside, "keep"), "");
        Directory.CreateSymbolicLink(_folder.At("store", "v1", "link"), outside);

        Assert.True(_files.Rename("v1/link", "v1/moved"));
        _files.Delete("v1/moved");

        Assert.Empty(_files.List("v1"));
        Assert.True(File.Exists(Path.Combine(outside, "keep")));
    }

    [Fact]
    public void A_link_to_a_folder_is_refused_anywhere_on_a_path()
    {
        string outside = _folder.At("outside");
        Directory.CreateDirectory(outside);
        File.WriteAllText(Path.Combine(outside, "a"), "secret");
        _files.CreateFolder("v1");
        Directory.CreateSymbolicLink(_folder.At("store", "v1", "runs"), outside);
        Directory.CreateSymbolicLink(_folder.At("store", "v1", "loop"), _folder.At("store", "v1", "loop"));

        Assert.Throws<NotPlainFileException>(() => _files.Read("v1/runs/a", longest: 100));
        Assert.Throws<NotPlainFileException>(() => _files.List("v1/runs"));
        Assert.Throws<NotPlainFileException>(() => _files.List("v1/loop/x"));
        Assert.Throws<NotPlainFileException>(() => _files.CreateFolder("v1/runs/ab"));
        Assert.Throws<NotPlainFileException>(() => _files.TryCreate("v1/runs/b"));
        Assert.Throws<NotPlainFileException>(() => _files.Delete("v1/runs/a"));
        Assert.Throws<NotPlainFileException>(() => _files.Rename("v1/runs/a", "v1/b"));
        NotPlainFileException refusal = Assert.Throws<NotPlainFileException>(() => _files.SyncFolder("v1/runs"));
        Assert.Contains("v1/runs is a link", refusal.Message, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFileSystemEntries(outside));
    }

    [Fact]
    public void The_root_itself_may_be_a_link()
    {
        Directory.CreateDirectory(_folder.At("elsewhere"));
        Directory.CreateSymbolicLink(_folder.At("store"), _folder.At("elsewhere"));

        _files.CreateFolder("v1");
        Write("v1/a", [1]);
        _files.SyncFolder("v1");
        _files.SyncFolder("");

        Assert.True(File.Exists(_folder.At("elsewhere", "v1", "a")));
        Assert.Equal([1], _files.Read("v1/a", longest: 1));
    }

    [Fact]
    public void A_folder_is_not_read_as_a_file()
    {
        _files.CreateFolder("v1/a");

        Assert.Throws<NotPlainFileException>(() => _files.Read("v1/a", longest: 100));
    }

    [UnixFact]
    public async Task A_pipe_is_refused_and_not_waited_for()
    {
        _files.CreateFolder("v1");
        Assert.Equal(0, MakePipe(_folder.At("store", "v1", "pipe"), 0x180));

        Task read = Task.Run(() => Assert.Throws<NotPlainFileException>(() => _files.Read("v1/pipe", longest: 100)));

        await read.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [UnixFact]
    public void A_system_that_refuses_is_told_of_in_one_line()
    {
        // Nobody, not even root, can make a folder there.
        var files = new DiskFiles("/proc/grokking");
        var inAFile = new DiskFiles(_folder.At("file"));
        File.WriteAllText(_folder.At("file"), "");

        Assert.All(
            [
                Assert.Throws<StoreException>(() => files.CreateFolder("v1")),
                Assert.Throws<StoreException>(() => inAFile.CreateFolder("v1")),
                Assert.Throws<StoreException>(() => _files.TryCreate("missing/a")),
                Assert.Throws<StoreException>(() => _files.CreateFolder(new string('a', 300))),
            ],
            refusal =>
            {
                Assert.DoesNotContain('\n', refusal.Message);
                Assert.StartsWith("Cannot create", refusal.Message, StringComparison.Ordinal);
            });
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void A_root_that_is_no_path_is_refused(string root) =>
        Assert.StartsWith("The store's folder cannot be", Assert.Throws<StoreException>(() => new DiskFiles(root)).Message, StringComparison.Ordinal);

    private void Write(string path, byte[] bytes)
    {
        using IStoreFile file = _files.TryCreate(path)!;
        file.Write(bytes);
        file.Flush();
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MakePipe(string path, uint mode);
}
