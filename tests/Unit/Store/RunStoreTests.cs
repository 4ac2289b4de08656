using System.Text;
using Grokking.Curves;
using Grokking.Store;
using Grokking.Tests.Soak.Files;
using Grokking.Tests.Soak.Trials;
using Grokking.Tests.Unit.Training;
using Grokking.Training;

namespace Grokking.Tests.Unit.Store;

[Trait("Category", "Unit")]
public sealed class RunStoreTests
{
    private const string Engine = "test-1";

    private static readonly LearningCurve s_curve =
        new([new(0, 2, 0, 3, 0, null, 1), new(20, 1, 0.5, 3, 0.25, null, 1)], Budget: 20, RunOutcome.BudgetSpent);

    private static readonly IReadOnlyList<NamedTensor> s_weights = [new("W", [2], new[] { 1f, 2f })];

    private static readonly RunKey s_otherCode = OtherCode.KeyOf(TinyExperiments.Add, Engine);
    private static readonly RunKey s_olderCode = OtherCode.KeyOf(TinyExperiments.Add, Engine, build: 2);

    private readonly MemoryFiles _files = new();
    private readonly QuarantineList _quarantined = [];
    private readonly RunStore _store;

    public RunStoreTests() => _store = new RunStore(_files, _quarantined);

    private static RunKey Key => RunKey.Of(TinyExperiments.Add, Engine);

    private static string Folder => $"v1/runs/{Key.Hash[..2]}/{Key.Hash}/";

    [Fact]
    public void A_complete_run_is_four_files_under_the_hash_of_its_specification()
    {
        Complete();

        Assert.Equal(
            ["curve.csv", "manifest.json", "spec.json", "weights.safetensors"],
            _files.Paths.Select(path => path[Folder.Length..]),
            StringComparer.Ordinal);
        Assert.Equal(Key.SpecText, Encoding.UTF8.GetString(_files[Folder + "spec.json"]));
        Assert.Equal(CurveCsv.Write(s_curve.Points), _files[Folder + "curve.csv"]);
    }

    [Fact]
    public void A_complete_run_is_found_with_all_it_left_behind()
    {
        Complete();

        StoredRun run = _store.Find(TinyExperiments.Add, Engine)!;

        Assert.Equal(Key.Hash, run.Key);
        Assert.Equal(RunStatus.Complete, run.Status);
        Assert.Equal(Engine, run.EngineId);
        Assert.Equal(TinyExperiments.Add, run.Experiment);
        Assert.True(run.IsOfThisCode);
        Assert.False(run.IsOfOtherCode);
        Assert.Equal(s_curve.Points, run.Curve!.Points);
        Assert.Equal((20, RunOutcome.BudgetSpent), (run.Curve.Budget, run.Curve.Outcome));
        NamedTensor weights = Assert.Single(run.ReadWeights());
        Assert.Equal([1f, 2f], weights.Values.ToArray());
        Assert.Equal(1, run.Attempts);
        Assert.Contains("runtime", run.Environment.Keys, StringComparer.Ordinal);
    }

    [Fact]
    public void Another_experiment_or_engine_is_not_found()
    {
        Complete();

        Assert.Null(_store.Find(TinyExperiments.Add with { Seed = 1 }, Engine));
        Assert.Null(_store.Find(TinyExperiments.Add, "test-2"));
    }

    [Fact]
    public void A_run_of_a_users_own_operation_is_kept_and_its_experiment_is_nobodys_to_read()
    {
        var key = RunKey.Of(TinyExperiments.First, Engine);

        using (RunWriter writer = _store.TryBegin(key, TinyExperiments.First, Engine)!)
        {
            writer.Complete(s_curve, s_weights);
        }

        StoredRun run = _store.Find(key)!;
        Assert.Null(run.Experiment);
        Assert.False(run.IsOfThisCode);
        Assert.False(run.IsOfOtherCode);
        Assert.Empty(_store.Collect(otherCode: true));
    }

    [Fact]
    public void A_run_of_other_sources_of_the_TorchSharp_engine_is_of_other_code()
    {
        const string torch = "torch-cuda-1";
        var key = RunKey.Of(TinyExperiments.Add, torch);
        var otherKey = new RunKey(key.SpecText.Replace("\"Grokking.TorchSharp ", "\"Grokking.TorchSharp 1", StringComparison.Ordinal));
        foreach (RunKey each in new[] { key, otherKey })
        {
            using RunWriter writer = _store.TryBegin(each, TinyExperiments.Add, torch)!;
            writer.Complete(s_curve, s_weights);
        }

        Assert.Equal([false, true], new[] { key, otherKey }.Select(each => _store.Find(each)!.IsOfOtherCode));
        Assert.Equal([true, false], new[] { key, otherKey }.Select(each => _store.Find(each)!.IsOfThisCode));
    }

    [Fact]
    public void A_run_that_diverged_can_be_kept()
    {
        var curve = new LearningCurve([new(0, double.NaN, 0, double.PositiveInfinity, 0, null, double.NaN)], Budget: 20, RunOutcome.Diverged);

        using (RunWriter writer = Begin())
        {
            writer.Complete(curve, s_weights);
        }

        Assert.Equal(curve.Points, _store.Find(Key)!.Curve!.Points);
        Assert.Equal(RunOutcome.Diverged, _store.Find(Key)!.Curve!.Outcome);
    }

    [Fact]
    public void The_newest_two_checkpoints_are_kept_until_the_run_is_complete()
    {
        using RunWriter writer = Begin();
        Assert.Null(writer.Latest());
        writer.Save(At(1));
        writer.Save(At(2));
        writer.Save(At(10));

        Assert.Equal(["ckpt-00000002.safetensors", "ckpt-00000010.safetensors"], Names("ckpt-"));
        Assert.Equal(10, writer.Latest()!.Step);
        Assert.Null(_store.Find(Key));
        writer.Complete(s_curve, s_weights);
        Assert.Empty(Names("ckpt-"));
    }

    [Fact]
    public void A_second_attempt_goes_on_from_the_first_ones_checkpoint_and_is_counted()
    {
        using (RunWriter first = Begin())
        {
            first.Save(At(5));
        }

        using (RunWriter second = Begin())
        {
            Assert.Equal(5, second.Latest()!.Step);
            second.Complete(s_curve, s_weights);
        }

        Assert.Equal(2, _store.Find(Key)!.Attempts);
    }

    [Fact]
    public void One_attempt_at_a_time()
    {
        using (Begin())
        {
            Assert.Null(_store.TryBegin(Key, TinyExperiments.Add, Engine));
        }

        Begin().Dispose();
    }

    [Fact]
    public void A_damaged_checkpoint_is_put_aside_and_the_one_before_it_used()
    {
        using (RunWriter writer = Begin())
        {
            writer.Save(At(5));
            writer.Save(At(6));
        }

        Flip("ckpt-00000006.safetensors");
        using RunWriter again = Begin();

        Assert.Equal(5, again.Latest()!.Step);
        Quarantined taken = Assert.Single(_quarantined);
        Assert.Contains("hash", taken.Reason, StringComparison.Ordinal);
        Assert.Contains($"{taken.Place}/ckpt-00000006.safetensors", _files.Paths, StringComparer.Ordinal);
        Assert.Equal(taken.Reason + "\n", Encoding.UTF8.GetString(_files[$"{taken.Place}/reason.txt"]));
        again.Save(At(6));
        Assert.Equal(["ckpt-00000005.safetensors", "ckpt-00000006.safetensors"], Names("ckpt-"));
    }

    [Fact]
    public void A_damaged_result_is_put_aside_whole_and_is_then_not_there()
    {
        Complete();
        Flip("curve.csv");

        Assert.Null(_store.Find(Key));
        Quarantined taken = Assert.Single(_quarantined);
        Assert.Equal("curve.csv has another hash than the manifest says", taken.Reason);
        Assert.Contains($"{taken.Place}/run/curve.csv", _files.Paths, StringComparer.Ordinal);
        Assert.Empty(_store.List().Runs);
        Complete();
        Flip("manifest.json");
        Assert.Null(_store.Find(Key));
        Assert.Equal(2, _quarantined.Select(entry => entry.Place).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_damaged_result_that_somebody_else_has_is_left_to_him()
    {
        Complete();
        Flip("curve.csv");
        using IDisposable? taken = _files.TryLock($"v1/locks/{Key.Hash}.lock");

        Assert.Null(_store.Find(Key));
        Assert.Empty(_quarantined);
    }

    // A manifest of the time before the run was complete is whole in itself.
    [Fact]
    public void A_stale_manifest_makes_a_run_unfinished_and_nothing_worse()
    {
        byte[] running;
        using (RunWriter writer = Begin())
        {
            running = _files[Folder + "manifest.json"];
            writer.Complete(s_curve, s_weights);
        }

        _files[Folder + "manifest.json"] = running;

        Assert.Null(_store.Find(Key));
        Complete();
        Assert.NotNull(_store.Find(Key));
        Assert.Empty(_quarantined);
    }

    [Fact]
    public void A_curve_of_very_many_evaluations_can_be_kept_and_read()
    {
        CurvePoint[] points = [.. Enumerable.Range(0, 300_000).Select(step => new CurvePoint(step, 1.0 / 3, 1.0 / 3, 1.0 / 3, 1.0 / 3, null, 1.0 / 3))];
        using (RunWriter writer = Begin())
        {
            writer.Complete(new LearningCurve(points, points.Length - 1, RunOutcome.BudgetSpent), s_weights);
        }

        Assert.True(_files[Folder + "curve.csv"].Length > RunFolder.LongestText);
        Assert.Equal(points.Length, _store.Find(Key)!.Curve!.Points.Count);
        Assert.Empty(_store.List().Problems);
    }

    [Fact]
    public void The_progress_of_very_many_evaluations_can_be_watched()
    {
        using RunWriter writer = Begin();
        writer.Report(s_curve.Points[0]);
        byte[] line = _files[Folder + "progress.jsonl"];
        _files[Folder + "progress.jsonl"] = [.. Enumerable.Repeat(line, (int)(RunFolder.LongestText / line.Length) + 1).SelectMany(bytes => bytes)];

        Assert.Equal(s_curve.Points[0], _store.ReadProgress(Key.Hash)[^1]);
    }

    [Theory]
    [InlineData("manifest.json")]
    [InlineData("spec.json")]
    public void A_file_that_is_far_too_long_damages_its_own_run_and_no_other(string name)
    {
        Complete();
        var other = RunKey.Of(TinyExperiments.Add with { Seed = 1 }, Engine);
        using (RunWriter writer = _store.TryBegin(other, TinyExperiments.Add, Engine)!)
        {
            writer.Complete(s_curve, s_weights);
        }

        _files[Folder + name] = new byte[RunFolder.LongestText + 1];

        StoreListing listing = _store.List();
        Assert.Equal(other.Hash, Assert.Single(listing.Runs).Key);
        Assert.Equal($"{name} has more than the 16777216 bytes allowed", Assert.Single(listing.Problems).Reason);
        Assert.Null(_store.Find(Key));
        Assert.Single(_quarantined);
        Assert.Single(_store.Verify().Runs);
    }

    [Fact]
    public void A_manifest_of_a_newer_version_is_neither_read_nor_put_aside()
    {
        Complete();
        string text = Encoding.UTF8.GetString(_files[Folder + "manifest.json"]).Replace("\"schema\": 1", "\"schema\": 2", StringComparison.Ordinal);
        string body = text[..text.LastIndexOf(",\n  \"sha256\"", StringComparison.Ordinal)] + ",\n  \"sha256\": \"";
        _files[Folder + "manifest.json"] = Encoding.UTF8.GetBytes(body + FileSeal.Of(Encoding.UTF8.GetBytes(body)).Sha256 + "\"\n}\n");

        StoreException refusal = Assert.Throws<StoreException>(() => _store.Find(Key));
        Assert.Contains("schema 2", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<StoreException>(() => _store.List());
        Assert.Empty(_quarantined);
    }

    [Fact]
    public void The_same_result_twice_is_one_result()
    {
        Complete();
        byte[] manifest = _files[Folder + "manifest.json"];
        Complete();

        Assert.Equal(manifest, _files[Folder + "manifest.json"]);
    }

    [Fact]
    public void Another_result_of_one_key_is_an_error_and_changes_nothing()
    {
        Complete();
        using RunWriter writer = Begin();

        DifferentBitsException refusal = Assert.Throws<DifferentBitsException>(
            () => writer.Complete(s_curve, [new NamedTensor("W", [2], new[] { 1f, MathF.BitIncrement(2f) })]));
        Assert.Contains("weights.safetensors", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<DifferentBitsException>(() => writer.Complete(s_curve with { Points = [s_curve.Points[0]] }, s_weights));
        Assert.Throws<DifferentBitsException>(() => writer.Complete(s_curve with { Outcome = RunOutcome.Diverged }, s_weights));
        Assert.Equal([1f, 2f], _store.Find(Key)!.ReadWeights()[0].Values.ToArray());
    }

    [Fact]
    public void Another_checkpoint_of_one_step_is_an_error()
    {
        using RunWriter writer = Begin();
        writer.Save(At(5));
        writer.Save(At(5));

        Assert.Throws<DifferentBitsException>(() => writer.Save(At(5) with { Tensors = [] }));
    }

    [Fact]
    public void An_evaluation_that_does_not_repeat_itself_is_an_error()
    {
        using (RunWriter first = Begin())
        {
            first.Report(s_curve.Points[0]);
            first.Report(s_curve.Points[1]);
        }

        using RunWriter second = Begin();
        second.Report(s_curve.Points[0]);

        DifferentBitsException refusal = Assert.Throws<DifferentBitsException>(
            () => second.Report(s_curve.Points[1] with { ValLoss = Math.BitIncrement(s_curve.Points[1].ValLoss) }));
        Assert.Contains("step 20", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_evaluation_is_held_against_every_earlier_attempt_and_not_only_the_last()
    {
        using (RunWriter first = Begin())
        {
            first.Report(s_curve.Points[0]);
            first.Report(s_curve.Points[1]);
        }

        using (RunWriter second = Begin())
        {
            second.Report(s_curve.Points[0]);
        }

        using RunWriter third = Begin();
        third.Report(s_curve.Points[0]);

        Assert.Throws<DifferentBitsException>(() => third.Report(s_curve.Points[1] with { TrainLoss = 1.5 }));
        third.Report(s_curve.Points[1]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_attempt_that_goes_on_is_watched_with_what_was_told_before_it_and_without_what_it_will_tell_again(bool repeatsBits)
    {
        CurvePoint[] told = [.. Enumerable.Range(0, 5).Select(i => s_curve.Points[0] with { Step = 5 * i })];
        using (RunWriter first = Begin(repeatsBits))
        {
            Array.ForEach(told, first.Report);
        }

        using RunWriter second = Begin(repeatsBits);
        Assert.Equal(told, _store.ReadProgress(Key.Hash));
        second.Report(told[2]);
        Assert.Equal(told[..3], _store.ReadProgress(Key.Hash));
        second.Report(told[3]);
        Assert.Equal(told[..4], _store.ReadProgress(Key.Hash));
    }

    [Fact]
    public void An_engine_that_does_not_repeat_its_bits_may_tell_something_else()
    {
        CurvePoint other = s_curve.Points[1] with { TrainLoss = 1.5 };
        foreach (CurvePoint last in new[] { s_curve.Points[1], other })
        {
            using RunWriter writer = Begin(repeatsBits: false);
            writer.Report(s_curve.Points[0]);
            writer.Report(last);
        }

        Assert.Equal([s_curve.Points[0], other], _store.ReadProgress(Key.Hash));
    }

    [Fact]
    public void An_evaluation_that_is_no_number_repeats_itself_too()
    {
        CurvePoint diverged = s_curve.Points[0] with { TrainLoss = double.NaN, ValLoss = double.PositiveInfinity };
        for (int attempt = 0; attempt < 2; attempt++)
        {
            using RunWriter writer = Begin();
            writer.Report(diverged);
        }

        Assert.Equal([diverged], _store.ReadProgress(Key.Hash));
    }

    [Fact]
    public void Progress_is_there_to_watch_and_a_torn_line_is_passed_over()
    {
        using (RunWriter writer = Begin())
        {
            writer.Report(s_curve.Points[0]);
            writer.Report(s_curve.Points[1]);
        }

        Assert.Equal(s_curve.Points, _store.ReadProgress(Key.Hash));
        byte[] log = _files[Folder + "progress.jsonl"];
        _files[Folder + "progress.jsonl"] = log[..^5];
        Assert.Equal(s_curve.Points.Take(1), _store.ReadProgress(Key.Hash));
        log[20] ^= 1;
        _files[Folder + "progress.jsonl"] = log;
        Assert.Equal(s_curve.Points.Skip(1), _store.ReadProgress(Key.Hash));
        Assert.Empty(_store.ReadProgress(new string('0', 64)));
        Assert.Throws<ArgumentException>(() => _store.ReadProgress("../../x"));
    }

    [Fact]
    public void A_listing_has_finished_and_unfinished_runs_and_moves_nothing()
    {
        new ScriptedRun(1).Train(_store, []);
        new ScriptedRun(2).Train(_store, []);
        Begin().Dispose();
        string damaged = _files.Paths.First(path => path.Contains(new ScriptedRun(2).Key.Hash, StringComparison.Ordinal));
        _files[damaged] = [];
        using (IStoreFile stray = _files.TryCreate("v1/runs/stray")!)
        {
            stray.Flush();
        }

        IReadOnlyList<string> before = _files.Paths;
        StoreListing listing = _store.List();

        Assert.Equal(
            new[] { (new ScriptedRun(1).Key.Hash, RunStatus.Complete), (Key.Hash, RunStatus.Running) }.OrderBy(run => run.Hash, StringComparer.Ordinal),
            listing.Runs.Select(run => (run.Key, run.Status)));
        Assert.Null(listing.Runs.Single(run => run.Status == RunStatus.Running).Curve);
        Assert.Equal(["v1/runs/stray", damaged[..damaged.LastIndexOf('/')]], listing.Problems.Select(problem => problem.Path), StringComparer.Ordinal);
        Assert.Equal(before, _files.Paths);
    }

    [Fact]
    public void A_verification_puts_aside_whatever_is_damaged()
    {
        Complete();
        Flip("weights.safetensors");
        Assert.Empty(_store.List().Problems);
        StoreException refusal = Assert.Throws<StoreException>(() => _store.List().Runs[0].ReadWeights());
        Assert.Contains("store verify", refusal.Message, StringComparison.Ordinal);

        StoreListing verified = _store.Verify();

        StoreProblem problem = Assert.Single(verified.Problems);
        Assert.Equal("weights.safetensors has another hash than the manifest says", problem.Reason);
        Assert.NotNull(problem.Quarantine);
        Assert.Empty(verified.Runs);
        Assert.Empty(_store.Verify().Problems);
    }

    [Fact]
    public void A_verification_of_a_store_that_cannot_be_written_tells_of_all_that_is_damaged_and_leaves_it_there()
    {
        for (ulong seed = 1; seed <= 3; seed++)
        {
            new ScriptedRun(seed).Train(_store, []);
        }

        Complete();
        Flip("weights.safetensors");
        string damaged = _files.Paths.First(path => path.Contains(new ScriptedRun(2).Key.Hash, StringComparison.Ordinal));
        _files[damaged] = [];
        IReadOnlyList<string> before = _files.Paths;

        StoreListing verified = new RunStore(new FaultyFiles(_files, Fault.NoSpace, failing: 0)).Verify();

        Assert.Equal(2, verified.Runs.Count);
        Assert.Equal(2, verified.Problems.Count);
        Assert.All(verified.Problems, problem => Assert.Null(problem.Quarantine));
        Assert.Equal(before, _files.Paths);
    }

    [Fact]
    public void A_verification_of_a_store_that_cannot_be_written_tells_of_a_damaged_checkpoint()
    {
        using (RunWriter writer = Begin())
        {
            writer.Save(At(1));
        }

        string checkpoint = Assert.Single(Names("ckpt-"));
        Flip(checkpoint);

        StoreListing verified = new RunStore(new FaultyFiles(_files, Fault.NoSpace, failing: 0)).Verify();

        StoreProblem problem = Assert.Single(verified.Problems);
        Assert.Equal(Folder + checkpoint, problem.Path);
        Assert.Null(problem.Quarantine);
    }

    [Fact]
    public void A_sweep_takes_what_nobody_needs_and_says_so_first()
    {
        Complete();
        AddFile("curve.csv.tmp-1-1", 3);
        AddFile("ckpt-00000005.safetensors", 4);
        AddFile("progress.jsonl", 5);
        AddFile("notes.txt", 6);

        IReadOnlyList<StoreLeftover> wouldGo = _store.Collect(dryRun: true);
        int before = _files.Paths.Count;
        IReadOnlyList<StoreLeftover> gone = _store.Collect();

        Assert.Equal(wouldGo, gone);
        Assert.Equal([4L, 3, 5], gone.Select(leftover => leftover.Length));
        Assert.Equal(before - 3, _files.Paths.Count);
        Assert.Contains(Folder + "notes.txt", _files.Paths, StringComparer.Ordinal);
        Assert.Empty(_store.Collect());
        Assert.NotNull(_store.Find(Key));
    }

    [Theory]
    [InlineData("weights.safetensors")]
    [InlineData("curve.csv")]
    [InlineData("manifest.json")]
    public void A_file_that_is_swept_while_it_is_written_is_an_error_and_no_result(string name)
    {
        var files = new SweptFiles(_files);
        using RunWriter writer = new RunStore(files).TryBegin(Key, TinyExperiments.Add, Engine)!;
        files.Swept = name;

        StoreException refusal = Assert.Throws<StoreException>(() => writer.Complete(s_curve, s_weights));

        Assert.Contains($"Cannot write {Folder}{name} ", refusal.Message, StringComparison.Ordinal);
        Assert.Null(_store.Find(Key));
        Assert.Empty(_quarantined);
    }

    [Fact]
    public void A_sweep_leaves_a_run_alone_that_somebody_trains()
    {
        using (RunWriter writer = Begin())
        {
            writer.Save(At(1));
            writer.Save(At(2));
            AddFile("ckpt-00000003.safetensors.tmp-1-1", 3);
            Assert.Empty(_store.Collect());
        }

        Assert.Equal([Folder + "ckpt-00000003.safetensors.tmp-1-1"], _store.Collect().Select(leftover => leftover.Path), StringComparer.Ordinal);
        Assert.Equal(2, Names("ckpt-").Count);
    }

    [Fact]
    public void Runs_of_other_code_go_only_where_that_is_said()
    {
        Complete();
        IReadOnlyList<string> own = _files.Paths;
        Complete(s_otherCode);
        using (RunWriter writer = _store.TryBegin(s_olderCode, TinyExperiments.Add, Engine)!)
        {
            writer.Save(At(1));
            Assert.DoesNotContain(_store.Collect(dryRun: true, otherCode: true), IsOf(s_olderCode));
        }

        string notes = $"v1/runs/{s_otherCode.Hash[..2]}/{s_otherCode.Hash}/notes.txt";
        _files[notes] = [1];
        Assert.True(_store.Find(s_otherCode)!.IsOfOtherCode);
        Assert.Empty(_store.Collect());
        IReadOnlyList<StoreLeftover> wouldGo = _store.Collect(dryRun: true, otherCode: true);
        IReadOnlyList<StoreLeftover> gone = _store.Collect(otherCode: true);

        Assert.Equal(wouldGo, gone);
        Assert.Equal((4, 3), (gone.Count(leftover => IsOf(s_otherCode)(leftover)), gone.Count(leftover => IsOf(s_olderCode)(leftover))));
        Assert.Equal(own.Append(notes).Order(StringComparer.Ordinal), _files.Paths, StringComparer.Ordinal);
        Assert.Empty(_store.Collect(otherCode: true));
        Assert.Empty(_store.Verify().Problems);
        Assert.NotNull(_store.Find(Key));

        static Predicate<StoreLeftover> IsOf(RunKey key) => leftover => leftover.Path.Contains(key.Hash, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_other_code_that_somebody_trains_stays()
    {
        using RunWriter writer = _store.TryBegin(s_otherCode, TinyExperiments.Add, Engine)!;
        writer.Save(At(1));

        Assert.Empty(_store.Collect(otherCode: true));
        Assert.Equal(3, _files.Paths.Count(path => path.Contains(s_otherCode.Hash, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_damaged_run_of_other_code_stays()
    {
        Complete(s_otherCode);
        string curve = $"v1/runs/{s_otherCode.Hash[..2]}/{s_otherCode.Hash}/curve.csv";
        _files[curve] = [1];

        Assert.Empty(_store.Collect(otherCode: true));
        Assert.Single(_store.List().Problems);
    }

    [Fact]
    public void A_sweep_of_other_code_that_is_cut_off_damages_nothing_and_the_next_one_ends_it()
    {
        Complete(s_otherCode);
        bool killed = true;
        for (int failing = 0; killed; failing++)
        {
            MemoryFiles files = _files.Clone();
            var faulty = new FaultyFiles(files, Fault.Kill, failing);
            try
            {
                new RunStore(faulty).Collect(otherCode: true);
                killed = false;
            }
            catch (KilledException)
            {
                faulty.FreeLocks();
            }

            var store = new RunStore(files.LosePower(new Random(failing)));
            Assert.Empty(store.List().Problems);
            store.Collect(otherCode: true);
            Assert.Empty(store.List().Runs);
        }
    }

    private static Checkpoint At(int step) => new(step, [s_curve.Points[0]], [new NamedTensor("W", [1], new[] { (float)step })]);

    private RunWriter Begin(bool repeatsBits = true) => _store.TryBegin(Key, TinyExperiments.Add, Engine, repeatsBits)!;

    private void Complete() => Complete(Key);

    private void Complete(RunKey key)
    {
        using RunWriter writer = _store.TryBegin(key, TinyExperiments.Add, Engine)!;
        writer.Complete(s_curve, s_weights);
    }

    private void Flip(string name)
    {
        byte[] bytes = _files[Folder + name];
        bytes[^6] ^= 1;
        _files[Folder + name] = bytes;
    }

    private void AddFile(string name, int length)
    {
        using IStoreFile file = _files.TryCreate(Folder + name)!;
        file.Write(new byte[length]);
    }

    private IReadOnlyList<string> Names(string start) =>
        [.. _files.List(Folder.TrimEnd('/')).Select(entry => entry.Name).Where(name => name.StartsWith(start, StringComparison.Ordinal))];
}
