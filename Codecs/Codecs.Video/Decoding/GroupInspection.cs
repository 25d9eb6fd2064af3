using Codecs.Formats.Container;

namespace Codecs.Video.Decoding;

/// <summary>Parses the groups of a file for what their bytes are for.</summary>
internal static class GroupInspection
{
    internal static List<VideoGroup> Read(IClipCodec codec, Stream input, NcfLimits limits, CancellationToken cancellation)
    {
        using var reader = new NcfStreamReader(input, limits);
        VideoFile file = VideoFile.Match(reader.ReadHeader()!, codec);
        limits.CheckDecoderMemory(file.Format.FrameBytes * codec.FramesOfGroup(0));
        var chunks = new ChunkReader(reader, file, codec, recover: false);
        var groups = new List<VideoGroup>();
        while (chunks.Read() is { } chunk)
        {
            using IChunkDecoder decoder = codec.CreateDecoder(file.Format);
            foreach (CodedGroup group in chunk)
            {
                cancellation.ThrowIfCancellationRequested();
                decoder.Skip(group.Payloads, group.Ticks.Length, cancellation);
                groups.Add(new VideoGroup(group.FirstFrame, group.Ticks.Length, file.Clock.Seconds(group.Ticks[0]), group.IsKey, group.Unit!.PayloadBytes) { Parts = decoder.Parts });
            }
        }

        return groups;
    }
}
