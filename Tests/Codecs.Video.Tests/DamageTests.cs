using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Video.Tests;

public sealed class DamageTests
{
    private readonly List<VideoFrame> _frames = Clips.Moving(60);
    private readonly VideoCodec _codec = Clips.Codec();
    private readonly byte[] _file;
    private readonly NcfFile _parsed;

    public DamageTests()
    {
        _file = _codec.Encode(_frames, Clips.Film, Clips.Lossless);
        _parsed = Clips.Parse(_file);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(0)]
    [InlineData(5)]
    public void ALostGroupFreezesThePictureUntilTheNextKeyGroup(int group)
    {
        _file[(int)_parsed.Units[group].Offset + 30] ^= 1;
        AssertFrozenFrom(group);
        using VideoDecoder strict = _codec.OpenDecoder(new MemoryStream(_file));
        Assert.Throws<InvalidBitstreamException>(() => Clips.ReadAll(strict));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void SoDoesOneThatDoesNotDecode(int group)
    {
        byte[] file = Rewrite(units => units[group] = units[group] with { Payloads = [units[group].Payloads[0], new byte[] { 1, 2, 3 }, .. units[group].Payloads.Skip(2)] });
        AssertFrozenFrom(group, file);
    }

    [Fact]
    public void LostGroupsOfAVariableRateStayInTime()
    {
        List<VideoFrame> frames = Clips.Moving(60, times: i => (i * 40) + (i % 2));
        byte[] file = _codec.Encode(frames, new FrameClock(1000, 1), Clips.Lossless);
        NcfFile parsed = Clips.Parse(file);
        file[(int)parsed.Units[1].Offset + 30] ^= 1;
        using VideoDecoder decoder = _codec.OpenDecoder(new MemoryStream(file), new() { Recover = true });
        List<VideoFrame> found = Clips.ReadAll(decoder);
        Assert.Equal(60, found.Count);
        Assert.All(found.Zip(frames), p => Assert.InRange(p.First.Timestamp - p.Second.Timestamp, -45, 45));
        Assert.True(found.Zip(found.Skip(1)).All(p => p.First.Timestamp < p.Second.Timestamp));
        Assert.Equal(frames[^1].Samples, found[^1].Samples);
    }

    [Fact]
    public void AGapInAFileThatSaysItIsWholeIsAnError()
    {
        byte[] file = Rewrite(units => units.RemoveAt(2));
        using VideoDecoder decoder = _codec.OpenDecoder(new MemoryStream(file));
        var error = Assert.Throws<InvalidBitstreamException>(() => Clips.ReadAll(decoder));
        Assert.Contains("expected frame 7", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidBitstreamException>(() => _codec.Verify(new MemoryStream(file)));
    }

    [Fact]
    public void ManyFramesInOneUnitAreRefused()
    {
        byte[] file = Rewrite(units => units[1] = units[1] with { Payloads = [new byte[] { 60 }, .. units[1].Payloads.Skip(1)] });
        using VideoDecoder decoder = _codec.OpenDecoder(new MemoryStream(file));
        Assert.Throws<InvalidBitstreamException>(() => Clips.ReadAll(decoder));
    }

    [Fact]
    public void OtherWeightsAreRefused()
    {
        byte[] file = Clips.Codec().Encode(_frames, Clips.Film);
        Assert.NotEmpty(file);
        NcfHeader header = _parsed.Header with { Models = [_parsed.Models[0] with { Entropy = CanonicalTensorHash.Compute("other", []).Prefix(8) }] };
        byte[] foreign = Write(header, _parsed.Units);
        Assert.Throws<ModelMismatchException>(() => _codec.OpenDecoder(new MemoryStream(foreign)));
    }

    private void AssertFrozenFrom(int group, byte[]? file = null)
    {
        using VideoDecoder decoder = _codec.OpenDecoder(new MemoryStream(file ?? _file), new() { Recover = true });
        List<VideoFrame> found = Clips.ReadAll(decoder);
        int first = (int)_parsed.Units[group].Number;
        int next = (int)_parsed.Units.Skip(group + 1).First(u => u.IsRandomAccessPoint).Number;
        VideoFrame[] expected = first == 0 ? [.. _frames[next..]]
            : [.. _frames[..first], .. _frames[first..next].Select(f => new VideoFrame(f.Format, _frames[first - 1].Samples, f.Timestamp)), .. _frames[next..]];
        Clips.AssertSame(expected, found);
        Assert.NotEmpty(decoder.Warnings);
    }

    private byte[] Rewrite(Action<List<DataUnit>> change)
    {
        List<DataUnit> units = [.. _parsed.Units];
        change(units);
        return Write(_parsed.Header, units);
    }

    private static byte[] Write(NcfHeader header, IReadOnlyList<DataUnit> units)
    {
        using var output = new MemoryStream();
        using var writer = new NcfStreamWriter(output, header);
        foreach (DataUnit unit in units)
        {
            writer.WriteUnit(unit);
        }

        writer.Complete();
        return output.ToArray();
    }
}
