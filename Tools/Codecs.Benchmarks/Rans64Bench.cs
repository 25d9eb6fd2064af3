using System.Buffers;
using BenchmarkDotNet.Attributes;
using Codecs.EntropyCoding;

namespace Codecs.Benchmarks;

/// <summary>R64 over a million symbols with the Gaussian tables, scales mixed as in a picture.</summary>
public class Rans64Bench : IDisposable
{
    private const int Symbols = 1_000_000;
    private readonly short[] _symbols = new short[Symbols];
    private readonly short[] _decoded = new short[Symbols];
    private readonly byte[] _tables = new byte[Symbols];
    private readonly ArrayBufferWriter<byte> _output = new(4 * Symbols);
    private readonly Rans64Encoder _encoder = new(GaussianTables.Standard);
    private byte[] _payload = [];

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        for (int i = 0; i < Symbols; i++)
        {
            int table = random.Next(1, GaussianTables.Standard.Count);
            double sigma = GaussianTables.StandardScalesQ48[table] / (double)(1L << 48);
            double gaussian = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            (_tables[i], _symbols[i]) = ((byte)table, (short)Math.Round(gaussian * sigma));
        }

        Encode();
        _payload = _output.WrittenSpan.ToArray();
        if (Decode() != CodingStatus.Ok || !_decoded.AsSpan().SequenceEqual(_symbols))
        {
            throw new InvalidOperationException("The symbols did not come back.");
        }
    }

    [Benchmark(OperationsPerInvoke = Symbols)]
    public int Encode()
    {
        _output.ResetWrittenCount();
        _encoder.Push(_symbols, _tables);
        return _encoder.Finish(CheckMode.Check31, _output);
    }

    [Benchmark(OperationsPerInvoke = Symbols)]
    public CodingStatus Decode()
    {
        var decoder = new Rans64Decoder(_payload, GaussianTables.Standard, CheckMode.Check31);
        decoder.Decode(_tables, _decoded);
        return decoder.Finish();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _encoder.Dispose();
        GC.SuppressFinalize(this);
    }
}
