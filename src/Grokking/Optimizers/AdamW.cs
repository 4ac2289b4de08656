using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Grokking.Models;
using Grokking.Numerics;

namespace Grokking.Optimizers;

/// <summary>Where weight decay pulls the parameters.</summary>
public enum DecayTarget
{
    /// <summary>θ ← θ − ηλθ: decoupled, Loshchilov and Hutter 2019.</summary>
    Origin,

    /// <summary>θ ← θ + ηλ(θ₀ − θ), θ₀ the parameters before the first update: Power et al. 2022, 3.3.</summary>
    Initialization,

    /// <summary>g ← g + λθ before the moments, so the second moment rescales the decay too: L2 as in PyTorch's Adam.</summary>
    Gradient,
}

/// <summary>Adam with weight decay, by default decoupled: Power et al. 2022, A.1.2, in the order of operations of openai/grok.</summary>
/// <remarks>
/// With t = step + 1, rate η and λ the weight decay:
/// θ ← θ − ηλθ; m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; u = m / (√v/√(1 − β₂ᵗ) + ε) + σN(0, 1); θ ← θ − η/(1 − β₁ᵗ)·u.
/// Subnormal results are 0. All parameters decay, gains and biases too. The noise is divided by 1 − β₁ᵗ like the moment: tenfold at the first step.
/// </remarks>
public sealed record AdamW : OptimizerConfig
{
    /// <summary>AdamW without weight decay.</summary>
    public static AdamW Adam { get; } = new() { WeightDecay = 0 };

    /// <summary>β₁ in [0, 1).</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂ in [0, 1). Power et al. 2022, A.1.2; Adam's usual value is 0.999.</summary>
    public double Beta2 { get; init; } = 0.98;

    /// <summary>ε &gt; 0, added to the root of the second moment.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>λ ≥ 0. Power et al. 2022, A.1.2: 1, a hundred times the usual.</summary>
    public double WeightDecay { get; init; } = 1;

    /// <summary>Where the decay pulls.</summary>
    public DecayTarget DecayTarget { get; init; } = DecayTarget.Origin;

    /// <summary>σ ≥ 0 of the Gaussian noise added to every update before the rate scales it; 0 draws none.</summary>
    public double UpdateNoise { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        Require.Positive(LearningRate, nameof(LearningRate));
        Require.Share(Beta1, nameof(Beta1));
        Require.Share(Beta2, nameof(Beta2));
        Require.PositiveFloat(Epsilon, nameof(Epsilon));
        Require.NotNegativeFloat(WeightDecay, nameof(WeightDecay));
        Require.OneOf(DecayTarget, nameof(DecayTarget));
        Require.NotNegativeFloat(UpdateNoise, nameof(UpdateNoise));
    }

    /// <inheritdoc/>
    public override Optimizer Start(ParameterLayout layout, ReadOnlySpan<float> initialParameters, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(layout);
        Validate();
        UpdateArguments.CheckLength(initialParameters.Length, layout.Count, nameof(initialParameters));
        return new AdamWOptimizer(this, initialParameters, seed);
    }
}

/// <summary>AdamW in the middle of a run.</summary>
internal sealed class AdamWOptimizer : Optimizer
{
    private readonly AdamW _config;
    private readonly float[] _m; // (P) first moment
    private readonly float[] _v; // (P) second moment
    private readonly float[] _initial; // (P), empty unless the decay pulls there
    private readonly float[] _noise; // (P), empty without update noise
    private readonly RandomStream _noiseStream;

    internal AdamWOptimizer(AdamW config, ReadOnlySpan<float> initialParameters, ulong seed)
    {
        _config = config;
        _m = new float[initialParameters.Length];
        _v = new float[initialParameters.Length];
        _initial = config.DecayTarget == DecayTarget.Initialization ? initialParameters.ToArray() : [];
        _noise = config.UpdateNoise > 0 ? new float[initialParameters.Length] : [];
        _noiseStream = new RandomStream(seed, "update noise");
        State = [("m", _m), ("v", _v)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Memory<float> Values)> State { get; }

    /// <inheritdoc/>
    public override void Update(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate, int step)
    {
        UpdateArguments.Check(_m.Length, parameters, gradient, step);
        Coefficients c = Prepare(learningRate, step);
        ref float p = ref MemoryMarshal.GetReference(parameters);
        ref float g = ref MemoryMarshal.GetReference(gradient);
        ref float m = ref MemoryMarshal.GetArrayDataReference(_m);
        ref float v = ref MemoryMarshal.GetArrayDataReference(_v);
        int whole = parameters.Length - (parameters.Length % Vector512<float>.Count);
        bool towardsInitial = _config.DecayTarget == DecayTarget.Initialization;
        bool noisy = _noise.Length > 0;
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector512<float>.Count)
        {
            Vector512<float> p_i = Vector512.LoadUnsafe(ref p, i);
            Vector512<float> g_i = Vector512.FusedMultiplyAdd(p_i, Vector512.Create(c.GradientDecay), Vector512.LoadUnsafe(ref g, i));
            Vector512<float> target = towardsInitial ? Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_initial), i) : Vector512<float>.Zero;
            p_i = Vector512.FusedMultiplyAdd(target - p_i, Vector512.Create(c.Decay), p_i);

            Vector512<float> m_i = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref m, i), Vector512.Create(c.Beta1), g_i * Vector512.Create(c.OneMinusBeta1));
            Vector512<float> v_i = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref v, i), Vector512.Create(c.Beta2), g_i * g_i * Vector512.Create(c.OneMinusBeta2));
            Vector512<float> denominator = Vector512.FusedMultiplyAdd(Vector512.Sqrt(v_i), Vector512.Create(c.RootScale), Vector512.Create(c.Epsilon));
            Vector512<float> update = m_i / denominator;
            if (noisy)
            {
                update += Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_noise), i);
            }

            Subnormals.Flush(m_i).StoreUnsafe(ref m, i);
            Subnormals.Flush(v_i).StoreUnsafe(ref v, i);
            Subnormals.Flush(Vector512.FusedMultiplyAdd(update, Vector512.Create(-c.Rate), p_i)).StoreUnsafe(ref p, i);
        }

        for (int i = whole; i < parameters.Length; i++)
        {
            UpdateOne(ref parameters[i], gradient[i], i, c);
        }
    }

    /// <summary>The definition, one parameter at a time. Tests hold <see cref="Update"/> to it.</summary>
    internal void Reference(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate, int step)
    {
        Coefficients c = Prepare(learningRate, step);
        for (int i = 0; i < parameters.Length; i++)
        {
            UpdateOne(ref parameters[i], gradient[i], i, c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void UpdateOne(ref float parameter, float gradient, int i, in Coefficients c)
    {
        float p = parameter;
        float g = MathF.FusedMultiplyAdd(p, c.GradientDecay, gradient);
        float target = _initial.Length > 0 ? _initial[i] : 0f;
        p = MathF.FusedMultiplyAdd(target - p, c.Decay, p);

        float m = MathF.FusedMultiplyAdd(_m[i], c.Beta1, g * c.OneMinusBeta1);
        float v = MathF.FusedMultiplyAdd(_v[i], c.Beta2, g * g * c.OneMinusBeta2);
        float denominator = MathF.FusedMultiplyAdd(MathF.Sqrt(v), c.RootScale, c.Epsilon);
        float update = m / denominator;
        if (_noise.Length > 0)
        {
            update += _noise[i];
        }

        _m[i] = Subnormals.Flush(m);
        _v[i] = Subnormals.Flush(v);
        parameter = Subnormals.Flush(MathF.FusedMultiplyAdd(update, -c.Rate, p));
    }

    private Coefficients Prepare(double learningRate, int step)
    {
        if (_noise.Length > 0)
        {
            _noiseStream.Restart((ulong)step);
            _noiseStream.FillNormal(_noise, 0f, (float)_config.UpdateNoise);
        }

        bool throughGradient = _config.DecayTarget == DecayTarget.Gradient;
        return new Coefficients(
            GradientDecay: throughGradient ? (float)_config.WeightDecay : 0f,
            Decay: throughGradient ? 0f : (float)(learningRate * _config.WeightDecay),
            Beta1: (float)_config.Beta1,
            OneMinusBeta1: (float)(1 - _config.Beta1),
            Beta2: (float)_config.Beta2,
            OneMinusBeta2: (float)(1 - _config.Beta2),
            RootScale: (float)(1 / Math.Sqrt(1 - Power(_config.Beta2, step + 1L))),
            Epsilon: (float)_config.Epsilon,
            Rate: (float)(learningRate / (1 - Power(_config.Beta1, step + 1L))));
    }

    // xⁿ by squaring: a function of n alone, whether or not the run was resumed.
    private static double Power(double x, long n)
    {
        double result = 1;
        for (double square = x; n > 0; n >>= 1, square *= square)
        {
            if ((n & 1) != 0)
            {
                result *= square;
            }
        }

        return result;
    }

    // Computed in double, rounded once.
    private readonly record struct Coefficients(
        float GradientDecay,
        float Decay,
        float Beta1,
        float OneMinusBeta1,
        float Beta2,
        float OneMinusBeta2,
        float RootScale,
        float Epsilon,
        float Rate);
}
