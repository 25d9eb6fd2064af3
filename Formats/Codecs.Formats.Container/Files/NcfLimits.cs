using System.Runtime.CompilerServices;

namespace Codecs.Formats.Container;

/// <summary>How much a file may ask for. Everything is checked from headers, before anything is allocated.</summary>
/// <remarks>Each limit can be set up to the format's hard limit, which no reader exceeds; the defaults suit a desktop.</remarks>
public sealed record NcfLimits
{
    /// <summary>The usual limits.</summary>
    public static NcfLimits Default { get; } = new();

    /// <summary>The format's own limits: for trusted files on large machines.</summary>
    public static NcfLimits Hard { get; } = new()
    {
        MaxDimension = 1 << 16,
        MaxPixels = 1L << 32,
        MaxChunkBytes = 1L << 32,
        MaxChannels = 1 << 16,
        MaxElements = 1L << 34,
        MaxSamplesPerUnit = 1 << 26,
        MaxMetadataItems = 256,
        MaxMetadataTotalBytes = 256 << 20,
        MaxPayloadsPerUnit = 1 << 16,
        MaxTracks = 1 << 10,
        MaxModels = 1 << 10,
        MaxChunks = int.MaxValue,
        MaxDecoderBytes = long.MaxValue,
    };

    /// <summary>Largest width and height: 32768; hard 65536.</summary>
    public int MaxDimension { get; init => field = (int)Check(value, 1 << 16); } = 1 << 15;

    /// <summary>Most pixels per picture: 2^27; hard 2^32.</summary>
    public long MaxPixels { get; init => field = Check(value, 1L << 32); } = 1L << 27;

    /// <summary>Most audio channels: 2^10; hard 2^16.</summary>
    public int MaxChannels { get; init => field = (int)Check(value, 1 << 16); } = 1 << 10;

    /// <summary>Most samples per channel in one audio unit: 2^24; hard 2^26. For Tiny files, and for <see cref="CheckUnitSamples"/>.</summary>
    public int MaxSamplesPerUnit { get; init => field = (int)Check(value, 1 << 26); } = 1 << 24;

    /// <summary>Most elements of a tensor or a 3D object: 2^30; hard 2^34.</summary>
    public long MaxElements { get; init => field = Check(value, 1L << 34); } = 1L << 30;

    /// <summary>Longest chunk payload in bytes: 2^28; hard 2^32.</summary>
    public long MaxChunkBytes { get; init => field = Check(value, 1L << 32); } = 1L << 28;

    /// <summary>Longest META or COLR payload in bytes: 2^24, also the hard limit.</summary>
    public int MaxMetadataBytes { get; init => field = (int)Check(value, 1 << 24); } = 1 << 24;

    /// <summary>Most META and COLR chunks: 64; hard 256.</summary>
    public int MaxMetadataItems { get; init => field = (int)Check(value, 256); } = 64;

    /// <summary>Bytes of all metadata together, as stored and again after decompression: 32 MiB; hard 256 MiB.</summary>
    public int MaxMetadataTotalBytes { get; init => field = (int)Check(value, 256 << 20); } = 32 << 20;

    /// <summary>Longest metadata item or colour profile after decompression in bytes: 16 MiB, also the hard limit.</summary>
    public int MaxDecompressedBytes { get; init => field = (int)Check(value, 16 << 20); } = 16 << 20;

    /// <summary>Largest ratio of decompressed to stored metadata: 200, also the hard limit.</summary>
    public int MaxExpansion { get; init => field = (int)Check(value, 200); } = 200;

    /// <summary>Longest name text in UTF-8 bytes: 1024, also the hard limit.</summary>
    public int MaxTextBytes { get; init => field = (int)Check(value, 1024); } = 1024;

    /// <summary>Most payloads in one unit: 4096; hard 65536.</summary>
    public int MaxPayloadsPerUnit { get; init => field = (int)Check(value, 1 << 16); } = 1 << 12;

    /// <summary>Most tracks: 64; hard 1024.</summary>
    public int MaxTracks { get; init => field = (int)Check(value, 1 << 10); } = 64;

    /// <summary>Most model references: 64; hard 1024.</summary>
    public int MaxModels { get; init => field = (int)Check(value, 1 << 10); } = 64;

    /// <summary>Most chunks (and so units) that are listed in memory: 2^18; hard 2^31-1.</summary>
    public int MaxChunks { get; init => field = (int)Check(value, int.MaxValue); } = 1 << 18;

    /// <summary>Most memory a decoder may plan to use, in bytes: 2 GiB. For <see cref="CheckDecoderMemory"/>; the container itself uses none.</summary>
    public long MaxDecoderBytes { get; init => field = Check(value, long.MaxValue); } = 1L << 31;

    /// <summary>To be called by decoders with their estimate before they allocate anything.</summary>
    /// <param name="estimatedBytes">Pixels times the model's bytes per pixel, plus weights.</param>
    /// <exception cref="LimitExceededException">The estimate is above <see cref="MaxDecoderBytes"/>.</exception>
    public void CheckDecoderMemory(long estimatedBytes)
    {
        if (estimatedBytes > MaxDecoderBytes)
        {
            throw new LimitExceededException(
                $"Decoding would need about {estimatedBytes >> 20} MiB, {MaxDecoderBytes >> 20} MiB are allowed; raise {nameof(MaxDecoderBytes)} if the file is trusted");
        }
    }

    /// <summary>To be called by audio decoders before they allocate a unit's samples; how many a unit has, only the codec knows.</summary>
    /// <param name="samples">Samples per channel.</param>
    /// <exception cref="LimitExceededException">More than <see cref="MaxSamplesPerUnit"/>.</exception>
    public void CheckUnitSamples(long samples)
    {
        if (samples > MaxSamplesPerUnit)
        {
            throw new LimitExceededException($"A unit has {samples} samples per channel, at most {MaxSamplesPerUnit} are allowed by {nameof(MaxSamplesPerUnit)}");
        }
    }

    /// <summary>Checks a number of audio channels.</summary>
    internal void CheckChannels(string place, long offset, ulong channels)
    {
        if (channels == 0)
        {
            throw new InvalidBitstreamException($"{place}: there are 0 channels, expected at least 1", offset);
        }

        CheckCount(place, offset, "channel count", channels, (ulong)MaxChannels, nameof(MaxChannels));
    }

    /// <summary>Checks a number of tensor or 3D elements.</summary>
    internal void CheckElements(string place, long offset, string what, ulong count) =>
        CheckCount(place, offset, what, count, (ulong)MaxElements, nameof(MaxElements));

    /// <summary>Checks a picture's shape.</summary>
    internal void CheckPicture(string place, long offset, ulong width, ulong height)
    {
        if (width == 0 || height == 0)
        {
            throw new InvalidBitstreamException($"{place}: the picture is {width} x {height}, expected at least 1 x 1", offset);
        }

        CheckCount(place, offset, "width", width, (ulong)MaxDimension, nameof(MaxDimension));
        CheckCount(place, offset, "height", height, (ulong)MaxDimension, nameof(MaxDimension));
        CheckCount(place, offset, "pixel count", width * height, (ulong)MaxPixels, nameof(MaxPixels));
    }

    /// <summary>Refuses a quantity above its limit.</summary>
    internal static void CheckCount(string place, long offset, string what, ulong value, ulong limit, string limitName)
    {
        if (value > limit)
        {
            throw new LimitExceededException($"{place}: {what} is {value}, at most {limit} is allowed by {limitName} (at byte {offset})");
        }
    }

    private static long Check(long value, long hard, [CallerMemberName] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, hard, name);
        return value;
    }
}
