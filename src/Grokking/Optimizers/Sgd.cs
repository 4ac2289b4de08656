using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Grokking.Models;
using Grokking.Numerics;

namespace Grokking.Optimizers;

/// <summary>Stochastic gradient descent with momentum, in PyTorch's form.</summary>
/// <remarks>g ← g + λθ; b ← μb + g, from b = 0; u = b, or g + μb with Nesterov's look-ahead; u ← u + σN(0, 1); θ ← θ − ηu. Subnormal results are 0.</remarks>
public sealed record Sgd : OptimizerConfig
{
    /// <summary>μ in [0, 1).</summary>
    public double Momentum { get; init; }

    /// <summary>Whether the step looks ahead by the momentum (Nesterov), as far as there is any.</summary>
    public bool Nesterov { get; init; }

    /// <summary>λ ≥ 0, an L2 penalty through the gradient; without momentum that is the same as decoupled decay.</summary>
    public double WeightDecay { get; init; }

    /// <summary>σ ≥ 0 of the Gaussian noise added to every update before the rate scales it; 0 draws none.</summary>
    public double UpdateNoise { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        Require.Positive(LearningRate, nameof(LearningRate));
        Require.Share(Momentum, nameof(Momentum));
        Require.NotNegativeFloat(WeightDecay, nameof(WeightDecay));
        Require.NotNegativeFloat(UpdateNoise, nameof(UpdateNoise));
    }

    /// <inheritdoc/>
    public override Optimizer Start(ParameterLayout layout, ReadOnlySpan<float> initialParameters, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(layout);
        Validate();
        UpdateArguments.CheckLength(initialParameters.Length, layout.Count, nameof(initialParameters));
        return new SgdOptimizer(this, layout.Count, seed);
    }
}

/// <summary>Gradient descent in the middle of a run.</summary>
internal sealed class SgdOptimizer : Optimizer
{
    private readonly Sgd _config;
    private readonly float[] _velocity; // (P) b
    private readonly float[] _noise; // (P), empty without update noise
    private readonly RandomStream _noiseStream;

    internal SgdOptimizer(Sgd config, int count, ulong seed)
    {
        _config = config;
        _velocity = new float[count];
        _noise = config.UpdateNoise > 0 ? new float[count] : [];
        _noiseStream = new RandomStream(seed, "update noise");
        State = [("velocity", _velocity)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Memory<float> Values)> State { get; }

    /// <inheritdoc/>
    public override void Update(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate, int step)
    {
        UpdateArguments.Check(_velocity.Length, parameters, gradient, step);
        DrawNoise(step);
        float decay = (float)_config.WeightDecay;
        float momentum = (float)_config.Momentum;
        float rate = (float)learningRate;
        ref float p = ref MemoryMarshal.GetReference(parameters);
        ref float g = ref MemoryMarshal.GetReference(gradient);
        ref float b = ref MemoryMarshal.GetArrayDataReference(_velocity);
        int whole = parameters.Length - (parameters.Length % Vector512<float>.Count);
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector512<float>.Count)
        {
            Vector512<float> p_i = Vector512.LoadUnsafe(ref p, i);
            Vector512<float> g_i = Vector512.FusedMultiplyAdd(p_i, Vector512.Create(decay), Vector512.LoadUnsafe(ref g, i));
            Vector512<float> b_i = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref b, i), Vector512.Create(momentum), g_i);
            Vector512<float> update = _config.Nesterov ? Vector512.FusedMultiplyAdd(b_i, Vector512.Create(momentum), g_i) : b_i;
            if (_noise.Length > 0)
            {
                update += Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_noise), i);
            }

            Subnormals.Flush(b_i).StoreUnsafe(ref b, i);
            Subnormals.Flush(Vector512.FusedMultiplyAdd(update, Vector512.Create(-rate), p_i)).StoreUnsafe(ref p, i);
        }

        UpdateFrom(whole, parameters, gradient, decay, momentum, rate);
    }

    /// <summary>The definition, one parameter at a time. Tests hold <see cref="Update"/> to it.</summary>
    internal void Reference(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate, int step)
    {
        DrawNoise(step);
        UpdateFrom(0, parameters, gradient, (float)_config.WeightDecay, (float)_config.Momentum, (float)learningRate);
    }

    private void UpdateFrom(int start, Span<float> parameters, ReadOnlySpan<float> gradient, float decay, float momentum, float rate)
    {
        for (int i = start; i < parameters.Length; i++)
        {
            float g = MathF.FusedMultiplyAdd(parameters[i], decay, gradient[i]);
            float b = MathF.FusedMultiplyAdd(_velocity[i], momentum, g);
            float update = _config.Nesterov ? MathF.FusedMultiplyAdd(b, momentum, g) : b;
            if (_noise.Length > 0)
            {
                update += _noise[i];
            }

            _velocity[i] = Subnormals.Flush(b);
            parameters[i] = Subnormals.Flush(MathF.FusedMultiplyAdd(update, -rate, parameters[i]));
        }
    }

    private void DrawNoise(int step)
    {
        if (_noise.Length > 0)
        {
            _noiseStream.Restart((ulong)step);
            _noiseStream.FillNormal(_noise, 0f, (float)_config.UpdateNoise);
        }
    }
}
