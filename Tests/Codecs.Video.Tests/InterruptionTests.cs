using Codecs.Formats.Container;
using Codecs.Formats.Media;
using CsCheck;

namespace Codecs.Video.Tests;

public sealed class InterruptionTests
{
    private readonly List<VideoFrame> _frames = Clips.Moving(90, scenes: [31]);

    [Fact]
    public void ACutAnywhereLeavesTheEarlierGroups()
    {
        using VideoCodec codec = Clips.Codec();
        byte[] file = codec.Encode(_frames, Clips.Film, Clips.Lossless);
        NcfFile parsed = Clips.Parse(file);
        long[] ends = [.. parsed.Chunks.Where(c => c.Id == ChunkId.Data).Select(c => c.Offset + c.TotalLength)];
        long[] frames = [.. parsed.Units.Skip(1).Select(u => u.Number), _frames.Count];
        Gen.Int[(int)parsed.Units[0].Offset, file.Length - 1].Sample(cut =>
        {
            int whole = ends.Count(e => e <= cut), expected = whole == 0 ? 0 : (int)frames[whole - 1];
            using VideoDecoder decoder = codec.OpenDecoder(new MemoryStream(file[..cut]), new() { Recover = true });
            Clips.AssertSame(_frames[..expected], Clips.ReadAll(decoder));
            Assert.False(decoder.IsComplete);
            Assert.NotEmpty(decoder.Warnings);

            // Strictly, the same frames and then the error.
            using VideoDecoder strict = codec.OpenDecoder(new MemoryStream(file[..cut]));
            for (int i = 0; i < expected; i++)
            {
                Assert.Equal(_frames[i].Timestamp, strict.Read()!.Timestamp);
            }

            Assert.Throws<InvalidBitstreamException>(() => strict.Read());
        }, iter: 60);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void ACancelledRunLeavesAGoodFile(int workers)
    {
        using var stop = new CancellationTokenSource();
        using VideoCodec codec = Clips.Codec(new StoredClips { Delay = () => 3 }, workers);
        using var output = new MemoryStream();
        using VideoEncoder encoder = codec.CreateEncoder(
            output, Clips.Describe(_frames), Clips.Lossless with { Archive = true }, new StopAfter(stop, groups: 4), stop.Token);
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            _frames.ForEach(encoder.Write);
            encoder.Finish();
        });
        int kept = (int)encoder.FinishEarly();
        Assert.InRange(kept, 14, _frames.Count - 1);
        Clips.AssertSame(_frames[..kept], codec.Decode(output.ToArray()));
        Assert.Equal(new VideoVerifyResult(kept, DigestVerified: true), codec.Verify(new MemoryStream(output.ToArray())));
    }

    [Fact]
    public void SoundThatBreaksOffLeavesAGoodFileToo()
    {
        using VideoCodec codec = Clips.Codec();
        using var output = new MemoryStream();
        using var sound = new CopiedSource(CopiedTrack.MatroskaAudio, Broken(), new TickRate(24));
        using VideoEncoder encoder = codec.CreateEncoder(output, Clips.Describe(_frames) with { Tracks = [sound] }, Clips.Lossless);
        Assert.Throws<MediaException>(() =>
        {
            _frames.ForEach(encoder.Write);
            encoder.Finish();
        });
        int kept = (int)encoder.FinishEarly();

        // The first group that begins behind the last sound is not written any more, nor is one behind it.
        Assert.InRange(kept, 45, 48 + 4);
        Clips.AssertSame(_frames[..kept], codec.Decode(output.ToArray()));

        static IEnumerable<CopiedPiece> Broken()
        {
            for (int i = 0; i < 20; i++)
            {
                yield return new CopiedPiece(i * 0.1, new byte[] { 1 });
            }

            throw new MediaException("The sound was cut.");
        }
    }

    [Fact]
    public void AResumedRunGivesTheFileOfAnUninterruptedOne()
    {
        CopiedPiece[] pieces = SoundTests.Pieces(40);
        using VideoCodec codec = Clips.Codec();
        byte[] whole = SoundTests.Encode(codec, _frames, pieces);
        Gen.Select(Gen.Int[0, whole.Length], Gen.Bool).Sample((cut, damage) =>
        {
            byte[] torn = whole[..cut];
            if (damage && cut > 200)
            {
                torn[cut / 2] ^= 0x10;
            }

            using var output = new MemoryStream();
            using var sound = new CopiedSource(CopiedTrack.MatroskaAudio, pieces, new TickRate(24));
            using VideoEncoder encoder = codec.ResumeEncoder(
                new MemoryStream(torn), output, Clips.Describe(_frames) with { Tracks = [sound] }, Clips.Lossless);
            _frames.Skip((int)encoder.FramesKept).ToList().ForEach(encoder.Write);
            encoder.Finish();
            Assert.Equal(whole, output.ToArray());
        }, iter: 40);
    }

    [Fact]
    public void WhatWasDoneIsNotDoneAgain()
    {
        using VideoCodec codec = Clips.Codec();
        byte[] whole = codec.Encode(_frames, Clips.Film, Clips.Lossless);
        NcfFile file = Clips.Parse(whole);
        DataUnit key = file.Units.Last(u => u.IsRandomAccessPoint);
        using VideoEncoder encoder = codec.ResumeEncoder(new MemoryStream(whole[..(int)(key.Offset + 40 + key.PayloadBytes)]), Stream.Null, Clips.Describe(_frames), Clips.Lossless);
        Assert.Equal(key.Number, encoder.FramesKept);
        Assert.Equal(key.Number, encoder.Progress.FramesDone);
    }

    [Fact]
    public void AFileThatWasBegunOtherwiseIsNotResumed()
    {
        using VideoCodec codec = Clips.Codec();
        byte[] file = codec.Encode(_frames, Clips.Film, Clips.Lossless);
        foreach ((VideoDescription description, VideoEncoderOptions options) in new[]
        {
            (Clips.Describe(_frames), Clips.Lossless with { Quality = 60 }),
            (Clips.Describe(_frames), Clips.Lossless with { Effort = 6 }),
            (Clips.Describe(_frames), Clips.Lossless with { KeyInterval = 2 }),
            (Clips.Describe(_frames, new FrameClock(25, 1)), Clips.Lossless),
        })
        {
            Assert.Throws<MediaException>(() => codec.ResumeEncoder(new MemoryStream(file), Stream.Null, description, options));
        }

        using VideoEncoder encoder = codec.ResumeEncoder(new MemoryStream(file), Stream.Null, Clips.Describe(_frames), Clips.Lossless);
        Assert.Throws<MediaException>(() => encoder.Write(_frames[(int)encoder.FramesKept + 1]));
    }

    private sealed class StopAfter(CancellationTokenSource stop, int groups) : IProgress<VideoProgress>
    {
        public void Report(VideoProgress value)
        {
            if (value.Groups >= groups && value.Group is not null)
            {
                stop.Cancel();
            }
        }
    }
}
