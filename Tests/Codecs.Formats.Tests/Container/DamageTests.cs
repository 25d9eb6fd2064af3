using Codecs.Formats.Container;

namespace Codecs.Formats.Tests.Container;

/// <summary>No damage passes unnoticed: an error of ours, or (in parts that do not matter) the same picture.</summary>
public class DamageTests
{
    [Fact]
    public void EveryChangedByteOfAFullFileGivesOurErrorOrTheSamePicture()
    {
        string expected = Golden.DescribePicture(NcfFile.Parse(Golden.Full, NcfLimits.Default));
        int noticed = ForEachChange(Golden.Full, (file, at) =>
            Assert.True(at is >= 82 and < 112 && Golden.DescribePicture(file) == expected, $"byte {at} changed and nothing was noticed"));

        // Every chunk has a checksum, so in practice everything is noticed.
        Assert.Equal(Golden.Full.Length * 255, noticed);
    }

    [Fact]
    public void EveryTruncationOfAFullFileGivesOurError()
    {
        for (int length = 0; length < Golden.Full.Length; length++)
        {
            Assert.Throws<InvalidBitstreamException>(() => NcfFile.Parse(Golden.Full.AsMemory(0, length), NcfLimits.Default));
        }
    }

    [Fact]
    public void EveryChangedByteOfATinyFileChangesSomethingThatTheCodecChecks()
    {
        NcfFile original = NcfFile.Parse(Golden.Tiny, NcfLimits.Default);
        int noticed = ForEachChange(Golden.Tiny, (file, at) =>
        {
            bool isVisible = file.Models[0] != original.Models[0]
                || !TinyTests.Context(file).AsSpan().SequenceEqual(TinyTests.Context(original))
                || file.Units[0].Check != original.Units[0].Check
                || !file.Units[0].Payloads[0].Span.SequenceEqual(original.Units[0].Payloads[0].Span);
            Assert.True(isVisible, $"byte {at} changed and nothing tells");
            Assert.False(
                at < original.HeaderBytes.Length && file.HeaderBytes.Span.SequenceEqual(original.HeaderBytes.Span), $"byte {at} of the header");
        });
        Assert.True(noticed > 0);
    }

    [Fact]
    public void EveryTruncationOfATinyFileGivesOurErrorOrAShorterPayload()
    {
        for (int length = 0; length < Golden.Tiny.Length; length++)
        {
            ReadOnlyMemory<byte> cut = Golden.Tiny.AsMemory(0, length);
            if (length < 11)
            {
                Assert.Throws<InvalidBitstreamException>(() => NcfFile.Parse(cut, NcfLimits.Default));
            }
            else
            {
                Assert.Equal(length - 11, NcfFile.Parse(cut, NcfLimits.Default).Units[0].Payloads[0].Length);
            }
        }
    }

    [Fact]
    public void BytesAfterTheEndAreRefused() =>
        Assert.Throws<InvalidBitstreamException>(() => NcfFile.Parse((byte[])[.. Golden.Full, 0], NcfLimits.Default));

    [Fact]
    public void ChecksumErrorsNameTheChunkAndItsOffset()
    {
        byte[] file = [.. Golden.Full];
        file[30] ^= 1;
        InvalidBitstreamException error = Assert.Throws<InvalidBitstreamException>(() => NcfFile.Parse(file, NcfLimits.Default));
        Assert.Equal(18, error.Offset);
        Assert.Contains("'TRAK'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TextModeDamageToTheSignatureIsNoticed()
    {
        byte[] file = [.. Golden.Full[..4], .. Golden.Full[5..]]; // CR LF became LF
        Assert.Throws<InvalidBitstreamException>(() => NcfFile.Parse(file, NcfLimits.Default));
    }

    private static int ForEachChange(byte[] golden, Action<NcfFile, int> onAccepted)
    {
        int noticed = 0;
        byte[] file = [.. golden];
        for (int at = 0; at < golden.Length; at++)
        {
            for (int change = 1; change < 256; change++)
            {
                file[at] = (byte)(golden[at] ^ change);
                NcfFile parsed;
                try
                {
                    parsed = NcfFile.Parse(file, NcfLimits.Default);
                }
                catch (CodecException)
                {
                    noticed++;
                    continue;
                }

                onAccepted(parsed, at);
            }

            file[at] = golden[at];
        }

        return noticed;
    }
}
