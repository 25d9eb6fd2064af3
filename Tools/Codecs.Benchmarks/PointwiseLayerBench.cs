using BenchmarkDotNet.Attributes;
using Codecs.Models;
using Codecs.Models.Exact;
using static TorchSharp.torch;

namespace Codecs.Benchmarks;

/// <summary>What exactness costs: a 192x192 layer over the 1,536 latent positions of a 768x512 picture, integers next to torch's float32.</summary>
public class PointwiseLayerBench : IDisposable
{
    private const int Channels = 192, Positions = 1536;
    private readonly short[] _input = new short[Positions * Channels];
    private readonly short[] _output = new short[Positions * Channels];
    private IntegerPointwise _integer = null!;
    private Tensor _x = null!;
    private Tensor _weight = null!;
    private Tensor _bias = null!;

    [GlobalSetup]
    public void Setup()
    {
        NativeBackend.EnsureLoaded();
        set_num_threads(1); // the integer layer is called once per chunk and thread; compare one thread with one thread
        var random = new Random(1);
        short[] weights = new short[Channels * Channels];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = (short)random.Next(-256, 256);
        }

        for (int i = 0; i < _input.Length; i++)
        {
            _input[i] = (short)random.Next(-4096, 4096);
        }

        byte[] shift = new byte[Channels];
        Array.Fill(shift, (byte)12);
        _integer = new IntegerPointwise(weights, Channels, new Requantizer(new int[Channels], shift, leaky: false));
        _x = randn(Positions, Channels);
        _weight = randn(Channels, Channels);
        _bias = randn(Channels);
    }

    [Benchmark(Baseline = true)]
    public void TorchFloat32()
    {
        using IDisposable mode = inference_mode();
        using Tensor y = nn.functional.linear(_x, _weight, _bias);
    }

    [Benchmark]
    public void ExactInteger() => _integer.Apply(_input, _output);

    [GlobalCleanup]
    public void Dispose()
    {
        _x?.Dispose();
        _weight?.Dispose();
        _bias?.Dispose();
        GC.SuppressFinalize(this);
    }
}
