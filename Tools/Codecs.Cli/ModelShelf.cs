using Codecs.Audio;
using Codecs.Formats.Container;
using Codecs.Images;
using Codecs.Video;

namespace Codecs.Cli;

/// <summary>The installed models by kind of media. Opening needs no torch.</summary>
/// <param name="options">Device, threads, limits of all.</param>
/// <param name="workers">Chunks of a video that are worked on at once; null for as many as threads.</param>
internal sealed class ModelShelf(ImageCodecOptions options, int? workers = null) : IDisposable
{
    /// <summary>Picture codecs.</summary>
    internal Shelf<ImageCodec> Pictures { get; } = new(name => ImageCodec.Open(name, options), codec => codec.EntropyFingerprint);

    /// <summary>Sound codecs.</summary>
    internal Shelf<AudioCodec> Sounds { get; } = new(
        name => AudioCodec.Open(name, new AudioCodecOptions { Device = options.Device, Threads = options.Threads, Limits = options.Limits }),
        codec => codec.EntropyFingerprint);

    /// <summary>Video codecs.</summary>
    internal Shelf<VideoCodec> Videos { get; } = new(
        name => VideoCodec.Open(name, new VideoCodecOptions { Workers = workers ?? options.Threads, Limits = options.Limits }), codec => codec.EntropyFingerprint, VideoCodec.WithoutWeights);

    /// <summary>A picture model by name or path.</summary>
    internal ImageCodec Open(string model) => Pictures.Open(model);

    /// <summary>The model that a picture was made with.</summary>
    internal ImageCodec For(NcfFile file, string? model) => Pictures.For(file.ModelOf(file.ColourTrack), model);

    /// <summary>The video codec that a still was made with as a clip of one frame; null when it was a picture codec.</summary>
    internal VideoCodec? VideoFor(NcfFile file, string? model) => file.Header.ModelOf(file.Header.LeadTrack) is not { } reference ? null
        : model is not null ? Videos.TryOpen(model) : Pictures.Find(reference) is null ? Videos.Find(reference) : null;

    /// <summary>The installed picture model that a reference means, or null.</summary>
    internal ImageCodec? Find(ModelReference reference) => Pictures.Find(reference);

    /// <summary>The fingerprints of an installed model of any kind.</summary>
    /// <exception cref="ModelMismatchException">It is not there, damaged, or of no kind that is known here.</exception>
    internal (Fingerprint Entropy, Fingerprint Synthesis) FingerprintsOf(string model)
    {
        if (Sounds.TryOpen(model) is { } sound)
        {
            return (sound.EntropyFingerprint, sound.SynthesisFingerprint);
        }

        if (Videos.TryOpen(model) is { } video)
        {
            return (video.EntropyFingerprint, video.SynthesisFingerprint);
        }

        ImageCodec picture = Pictures.Open(model);
        return (picture.EntropyFingerprint, picture.SynthesisFingerprint);
    }

    /// <summary>Name of the installed model of any kind that a reference means, or null.</summary>
    internal string? NameOf(ModelReference reference) => Pictures.Find(reference)?.Name ?? Sounds.Find(reference)?.Name ?? Videos.Find(reference)?.Name;

    public void Dispose()
    {
        Pictures.Dispose();
        Sounds.Dispose();
        Videos.Dispose();
    }
}
