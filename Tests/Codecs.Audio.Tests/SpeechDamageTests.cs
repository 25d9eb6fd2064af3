using Codecs.Audio.LanguageCodec;
using Codecs.Formats.Container;
using Codecs.Models.LanguageCodec;

namespace Codecs.Audio.Tests;

[Collection(SpeechFixture.Collection)]
public sealed class SpeechDamageTests(SpeechFixture fixture)
{
    private const int UnitSamples = 240_000, Reach = 29 * SpeechShape.Hop; // samples beside a change that may be others

    private readonly byte[] _small = fixture.Codec.EncodeTokens(SpeechTokens.Create(frames: 4));

    // Three units, the last of them short.
    private readonly Lazy<byte[]> _long = new(() => fixture.Codec.EncodeTokens(SpeechTokens.Create(frames: 1560, codebooks: 3)));

    [Fact]
    public void DamageOfAnyByteIsNoticed()
    {
        for (int at = 0; at < _small.Length; at++)
        {
            foreach (byte flip in (byte[])[(byte)(1 << (at % 8)), 0xFF])
            {
                byte[] damaged = (byte[])_small.Clone();
                damaged[at] ^= flip;
                Assert.ThrowsAny<CodecException>(() => fixture.Codec.DecodeTokens(damaged));
                Assert.ThrowsAny<CodecException>(() => fixture.Codec.Verify(new MemoryStream(damaged)));
            }
        }
    }

    [Fact]
    public void EveryTruncationIsNoticed()
    {
        for (int length = 0; length < _small.Length; length++)
        {
            byte[] cut = _small[..length];
            Assert.ThrowsAny<CodecException>(() => fixture.Codec.DecodeTokens(cut));
            Assert.ThrowsAny<CodecException>(() => fixture.Codec.Verify(new MemoryStream(cut)));
        }
    }

    [Fact]
    public void DamagedPayloadsInsideAGoodContainerAreNoticed()
    {
        // The container's own checks hold here: only those of the indices can tell.
        int bytes = 0, payloads = 0;
        SpeechTokens.Rewrite(_small, unit =>
        {
            (bytes, payloads) = ((int)unit.PayloadBytes, unit.Payloads.Count);
            return unit;
        });
        Assert.Equal(6, payloads);
        for (int at = 0; at < bytes; at++)
        {
            byte[] damaged = SpeechTokens.Rewrite(_small, unit => unit with { Payloads = [.. Flipped(unit.Payloads, at)] });
            Assert.Throws<InvalidBitstreamException>(() => fixture.Codec.DecodeTokens(damaged));
        }

        static IEnumerable<ReadOnlyMemory<byte>> Flipped(IEnumerable<ReadOnlyMemory<byte>> payloads, int at)
        {
            foreach (ReadOnlyMemory<byte> payload in payloads)
            {
                byte[] copy = payload.ToArray();
                if (at >= 0 && at < copy.Length)
                {
                    copy[at] ^= (byte)(1 << (at % 8));
                }

                at -= copy.Length;
                yield return copy;
            }
        }
    }

    [Fact]
    public void PayloadsInAnotherPlaceAreNoticed()
    {
        Refused<InvalidBitstreamException>(_small, unit => unit with { Payloads = [unit.Payloads[0], unit.Payloads[2], unit.Payloads[1]] });
        Refused<InvalidBitstreamException>(_small, unit => unit with { Payloads = [.. unit.Payloads.Skip(1)] });
        Refused<UnsupportedBitstreamException>(_small, unit => unit with { Payloads = [.. unit.Payloads, unit.Payloads[0]] });
        Refused<UnsupportedBitstreamException>(_small, unit => unit with { Layer = 1 });
        Refused<UnsupportedBitstreamException>(_small, unit => unit with { Coder = CoderId.Packed });

        // Both middle units alike in length; their numbers are part of the check.
        byte[] swapped = SpeechTokens.Rewrite(_long.Value, unit => unit.Number == 2 ? null : unit with { Number = unit.Number + 1 });
        Assert.Throws<InvalidBitstreamException>(() => fixture.Codec.DecodeTokens(swapped));
    }

    [Theory]
    [InlineData(751, 100L)]
    [InlineData(10, -1L)]
    public void UnitsThatClaimWhatNoSoundHasAreRefused(int frames, long samples)
    {
        byte[] hostile = WithUnit(frames, samples);
        Assert.Throws<InvalidBitstreamException>(() => fixture.Codec.Verify(new MemoryStream(hostile)));
        Assert.Throws<InvalidBitstreamException>(() => fixture.Codec.Decode(hostile));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3201)]
    [InlineData(long.MaxValue)]
    public void TokensOfAFileThatClaimsOtherSamplesThanItsFramesAreRefused(long samples)
    {
        Assert.Equal(10, fixture.Codec.DecodeTokens(WithUnit(10, 3200)).Frames);
        Assert.Throws<InvalidBitstreamException>(() => fixture.Codec.DecodeTokens(WithUnit(10, samples)));
    }

    [Fact]
    public void ACutFilePlaysUpToTheCut()
    {
        float[] whole = fixture.Codec.Decode(_long.Value).Channel(0).ToArray();
        byte[] cut = _long.Value[..(_long.Value.Length * 2 / 3)];
        Assert.Throws<InvalidBitstreamException>(() => fixture.Codec.Decode(cut));
        (float[] played, bool isComplete, IReadOnlyList<string> warnings) = Recover(cut);
        Assert.False(isComplete);
        Assert.NotEmpty(warnings);
        Assert.Equal(UnitSamples, played.Length);
        Assert.Equal(whole[..(UnitSamples - Reach)], played[..(UnitSamples - Reach)]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ALostUnitIsSilenceAndTheRestStays(bool isOnlyDamaged)
    {
        float[] whole = fixture.Codec.Decode(_long.Value).Channel(0).ToArray();
        byte[] damaged = SpeechTokens.Rewrite(_long.Value, unit => unit.Number != 1 ? unit : isOnlyDamaged ? unit with { Payloads = [new byte[20]] } : null);
        Assert.Throws<InvalidBitstreamException>(() => fixture.Codec.Decode(damaged));
        (float[] played, bool isComplete, IReadOnlyList<string> warnings) = Recover(damaged);
        Assert.True(isComplete);
        Assert.NotEmpty(warnings);
        Assert.Equal(whole.Length, played.Length);
        Assert.Equal(whole[..(UnitSamples - Reach)], played[..(UnitSamples - Reach)]);
        Assert.Equal(0, AudioCodec.PeakOf(played.AsSpan(UnitSamples, UnitSamples)));
        Assert.Equal(whole[((2 * UnitSamples) + Reach)..], played[((2 * UnitSamples) + Reach)..]);
    }

    [Fact]
    public void RecoveringNeverThrowsAForeignError()
    {
        var random = new Random(3);
        for (int i = 0; i < 150; i++)
        {
            byte[] damaged = (byte[])_small.Clone();
            for (int k = 0; k < 3; k++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            try
            {
                Assert.InRange(Recover(damaged).Samples.Length, 0, 10_000_000);
            }
            catch (CodecException)
            {
                // Nothing of the file could be used, and it says so.
            }
        }
    }

    private void Refused<TException>(byte[] file, Func<DataUnit, DataUnit?> change)
        where TException : CodecException
    {
        byte[] damaged = SpeechTokens.Rewrite(file, change);
        Assert.Throws<TException>(() => fixture.Codec.DecodeTokens(damaged));
        Assert.Throws<TException>(() => fixture.Codec.Verify(new MemoryStream(damaged)));
    }

    // A file with a single unit as this codec would code it, if it coded such units.
    private byte[] WithUnit(int frames, long samples)
    {
        using var codec = new SpeechSound(fixture.Weights);
        var unit = new SoundUnit(SpeechTokens.Create(frames).Values, SpeechShape.Codebooks, samples);
        var track = (AudioTrack)new NcfStreamReader(new MemoryStream(_small), NcfLimits.Default).ReadHeader()!.Tracks[0];
        return SpeechTokens.Rewrite(_small, _ => codec.Encode(unit, track, 0));
    }

    private (float[] Samples, bool IsComplete, IReadOnlyList<string> Warnings) Recover(byte[] file)
    {
        using AudioDecoder decoder = fixture.Codec.OpenDecoder(new MemoryStream(file), new() { Recover = true });
        float[] samples = Sounds.ReadAll(decoder);
        return (samples, decoder.IsComplete, decoder.Warnings);
    }
}
