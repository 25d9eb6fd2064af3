using Codecs.EntropyCoding;
using Codecs.Models.Exact;
using Codecs.Models.Walloc;
using CsCheck;

namespace Codecs.Models.Tests.Walloc;

public sealed class ResidualModelTests
{
    private readonly record struct Symbol(int Mean, int Spread, int Value);

    private static readonly Gen<Symbol> s_symbol = Gen.Select(
        Gen.OneOf(Gen.Int[-3000, 3000], Gen.Int), Gen.OneOf(Gen.Int[0, 100], Gen.Int[0, 300_000], Gen.Int), Gen.OneOf(Gen.Int[-4, 4], Gen.Int[-32767, 32767]),
        (mean, spread, value) => new Symbol(mean, spread, value));

    [Fact]
    public void WriterAndReaderAgreeForAllMeansAndSpreads() => s_symbol.Array[1, 60].Sample(symbols =>
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(buffer);
        var writer = new BitWriter(encoder);
        ResidualModel model = Fresh();
        int[] written = [.. symbols.Select(s => model.Code(ref writer, s.Mean, s.Spread, s.Value))];
        encoder.Finish(CheckMode.None);

        var reader = new BitReader(new RangeDecoder(buffer.WrittenMemory, CheckMode.None));
        ResidualModel other = Fresh();
        int[] read = [.. symbols.Select(s => other.Code(ref reader, s.Mean, s.Spread, 0))];
        Assert.Equal(written, read);
        for (int i = 0; i < symbols.Length; i++)
        {
            bool isSilent = symbols[i].Spread < 56; // three classes: up to 32 · 7/4
            long distance = Math.Abs(symbols[i].Value - (long)Math.Clamp(symbols[i].Mean / 1024.0, -16384, 16384));
            Assert.True(isSilent || written[i] == symbols[i].Value || distance > 32767, $"{symbols[i]} became {written[i]}");
        }
    }, iter: 2000);

    [Theory]
    [InlineData(55, 0, 3)]
    [InlineData(56, 7, 7)]
    public void ASilentClassIsTheMeanAndTheNextOneIsNot(int spread, int value, int expected)
    {
        var writer = new BitWriter(new RangeEncoder(new System.Buffers.ArrayBufferWriter<byte>()));
        Assert.Equal(expected, Fresh().Code(ref writer, 3 * 1024, spread, value));
    }

    [Fact]
    public void StartStatesComeBackFromWhatIsStored()
    {
        var contexts = new BinaryContext[ResidualModel.Contexts];
        var random = new Random(1);
        for (int i = 0; i < contexts.Length; i++)
        {
            contexts[i] = i % 5 == 0 ? default : BinaryContext.Primed(random.Next(65536), 100);
        }

        short[] stored = ResidualStart.Write(contexts);
        BinaryContext[] back = ResidualStart.Read(stored);
        Assert.Equal(stored, ResidualStart.Write(back));
        for (int i = 0; i < contexts.Length; i++)
        {
            Assert.Equal(contexts[i].IsFresh, back[i].IsFresh);
            Assert.InRange(back[i].SlowEstimate, contexts[i].SlowEstimate - 2, contexts[i].SlowEstimate + 2);
        }
    }

    [Fact]
    public void ResetForgetsWhatWasLearned()
    {
        ResidualModel model = Fresh();
        BinaryContext[] start = model.State.ToArray();
        var writer = new BitWriter(new RangeEncoder(new System.Buffers.ArrayBufferWriter<byte>()));
        model.Code(ref writer, 0, 1024, 9);
        Assert.NotEqual(start, model.State.ToArray());
        model.Reset();
        Assert.Equal(start, model.State.ToArray());
    }

    private static ResidualModel Fresh() => new(new BinaryContext[ResidualModel.Contexts]);
}
