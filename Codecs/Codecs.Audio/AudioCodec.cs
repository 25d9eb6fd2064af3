using System.Runtime.InteropServices;
using Codecs.Audio.LanguageCodec;
using Codecs.Audio.Walloc;
using Codecs.Formats.Container;
using Codecs.Formats.Media;
using Codecs.Formats.Weights;
using Codecs.Models;
using Codecs.Models.LanguageCodec;
using Codecs.Models.Walloc;

namespace Codecs.Audio;

/// <summary>Compresses sound into .ncf files with a neural network and brings it back.</summary>
/// <remarks>
/// <para>Any sample rate and up to 64 channels; rate, channels, number of samples, level, tags and cover art come back as they were, but <c>language-codec</c>
/// mixes channels into one. <c>walloc-audio</c> encodes by one linear transform in plain code and decodes by a network of torch; <c>language-codec</c>
/// runs networks on both sides, in plain code that gives the same bits on every machine. Everything that decides parsing is integer arithmetic.</para>
/// <para>Three levels: whole sounds (<see cref="Encode"/>, <see cref="Decode"/>), streams in constant memory (<see cref="CreateEncoder"/>,
/// <see cref="OpenDecoder"/>), latents (<see cref="Analyze"/>, <see cref="DecodeLatent"/>) and, for codecs with codebooks, their indices (<see cref="Tokenize"/>).
/// One instance may be used by one thread at a time.</para>
/// </remarks>
public sealed class AudioCodec : IDisposable
{
    private const int BlockSamples = 1 << 15;
    private readonly ISoundCodec _codec;
    private readonly AudioCodecOptions _options;

    private AudioCodec(string name, ISoundCodec codec, AudioCodecOptions options) => (Name, _codec, _options) = (name, codec, options);

    /// <summary>The model's name.</summary>
    public string Name { get; }

    /// <summary>Fingerprint of the weights that decide parsing; files name it and need exactly these.</summary>
    public Fingerprint EntropyFingerprint => _codec.EntropyFingerprint;

    /// <summary>Fingerprint of the synthesis weights; with others a file decodes with a warning.</summary>
    public Fingerprint SynthesisFingerprint => _codec.SynthesisFingerprint;

    /// <summary>Opens a codec.</summary>
    /// <param name="model">Name in the zoo, <c>walloc-audio</c> or <c>language-codec</c>, or the path of a weight file.</param>
    /// <param name="options">Device, threads, limits.</param>
    /// <exception cref="ModelMismatchException">There are no such weights, they are damaged, or they are for other media.</exception>
    public static AudioCodec Open(string model = "walloc-audio", AudioCodecOptions? options = null)
    {
        options ??= AudioCodecOptions.Default;
        SafetensorsFile file = ModelWeights.ReadFile(ModelZoo.Find(model));
        ISoundCodec codec = ModelWeights.ArchitectureOf(file) == SpeechWeights.Architecture
            ? new SpeechSound(SpeechWeights.FromFile(file))
            : new WallocSound(WallocAudioWeights.FromFile(file), options);
        return new AudioCodec(model, codec, options);
    }

    /// <summary>Encodes a sound.</summary>
    /// <param name="sound">At least one sample.</param>
    /// <param name="options">Quality or bitrate.</param>
    /// <param name="metadata">Tags and cover art.</param>
    /// <param name="progress">Receives samples done.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    /// <returns>The file.</returns>
    /// <exception cref="TargetUnreachableException">The bitrate is too low for this sound.</exception>
    public byte[] Encode(
        Waveform sound, AudioEncoderOptions? options = null, AudioMetadata? metadata = null, IProgress<CodecProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sound);
        using var output = new MemoryStream();
        using AudioEncoder encoder = CreateEncoder(
            output, new SoundDescription(sound.SampleRate, sound.ChannelCount, sound.SampleCount, PeakOf(sound), metadata), options);
        float[] block = new float[BlockSamples * sound.ChannelCount];
        for (long done = 0; done < sound.SampleCount;)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = (int)Math.Min(BlockSamples, sound.SampleCount - done);
            Span<float> samples = block.AsSpan(0, count * sound.ChannelCount);
            sound.CopyInterleaved(done, samples);
            encoder.Write(samples);
            done += count;
            progress?.Report(new CodecProgress("encoding", done, sound.SampleCount));
        }

        encoder.Finish();
        return output.ToArray();
    }

    /// <summary>Starts a file in a stream; samples are pushed into the encoder.</summary>
    /// <param name="output">Receives the file as it grows; need not seek, stays open.</param>
    /// <param name="description">Rate, channels and what else is known of the sound.</param>
    /// <param name="options">Quality or bitrate.</param>
    public AudioEncoder CreateEncoder(Stream output, SoundDescription description, AudioEncoderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(description);
        ArgumentOutOfRangeException.ThrowIfLessThan(description.SampleRate, 1, nameof(description));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(description.SampleRate, Waveform.MaxSampleRate, nameof(description));
        ArgumentOutOfRangeException.ThrowIfLessThan(description.Channels, 1, nameof(description));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(description.Channels, Waveform.MaxChannels, nameof(description));
        return new AudioEncoder(_codec, Name, output, description, options ?? AudioEncoderOptions.Default);
    }

    /// <summary>Decodes a file.</summary>
    /// <param name="file">The whole .ncf file.</param>
    /// <param name="options">Noise, recovery.</param>
    /// <param name="progress">Receives samples done.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    /// <exception cref="InvalidBitstreamException">The file is damaged or truncated.</exception>
    /// <exception cref="UnsupportedBitstreamException">The file needs a newer reader or another kind of codec.</exception>
    /// <exception cref="LimitExceededException">The sound does not fit into memory; use <see cref="OpenDecoder"/>.</exception>
    /// <exception cref="ModelMismatchException">The file was made with other weights.</exception>
    public Waveform Decode(
        ReadOnlyMemory<byte> file, AudioDecoderOptions? options = null, IProgress<CodecProgress>? progress = null, CancellationToken cancellation = default)
    {
        using Stream input = AsStream(file);
        using AudioDecoder decoder = OpenDecoder(input, options);
        var channels = new List<float>[decoder.Channels];
        for (int c = 0; c < channels.Length; c++)
        {
            channels[c] = [];
        }

        float[] block = new float[BlockSamples * channels.Length];
        for (int count; (count = decoder.Read(block)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            if (decoder.Position > Array.MaxLength)
            {
                throw new LimitExceededException("The sound is longer than an array can be; decode it as a stream.");
            }

            for (int c = 0; c < channels.Length; c++)
            {
                for (int i = 0; i < count; i++)
                {
                    channels[c].Add(block[(i * channels.Length) + c]);
                }
            }

            progress?.Report(new CodecProgress("decoding", decoder.Position, decoder.SampleCount ?? 0));
        }

        return channels[0].Count > 0
            ? new Waveform(decoder.SampleRate, [.. channels.Select(c => (Memory<float>)c.ToArray())])
            : throw new InvalidBitstreamException("The file holds no sound that can be decoded");
    }

    /// <summary>Starts decoding a file from a stream.</summary>
    /// <param name="input">The stream, at the start of the file; need not seek, stays open.</param>
    /// <param name="options">Noise, recovery.</param>
    /// <inheritdoc cref="Decode" path="/exception"/>
    public AudioDecoder OpenDecoder(Stream input, AudioDecoderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new AudioDecoder(_codec, input, _options.Limits, options ?? AudioDecoderOptions.Default);
    }

    /// <summary>The latent of a sound before rounding: what the compressed domain looks like to a network. Needs no torch.</summary>
    /// <param name="sound">The sound.</param>
    /// <param name="quality">1..100, as in <see cref="AudioEncoderOptions.Quality"/>; it scales the latent.</param>
    public AudioLatent Analyze(Waveform sound, double quality = 50)
    {
        ArgumentNullException.ThrowIfNull(sound);
        var options = new AudioEncoderOptions { Quality = quality };
        return LatentReader.Analyze(_codec, sound, _codec.CreateRateControl(options, _codec.Shape.ModelRate(sound.SampleRate)).Fixed);
    }

    /// <summary>The rounded latent of a file, without synthesis: exact on every machine, no torch needed.</summary>
    /// <inheritdoc cref="Decode" path="/param[@name='file']"/>
    /// <inheritdoc cref="Decode" path="/exception"/>
    public AudioLatent DecodeLatent(ReadOnlyMemory<byte> file)
    {
        using Stream input = AsStream(file);
        return LatentReader.Decode(_codec, input, _options.Limits);
    }

    /// <summary>The codebook indices of a sound, the same on every machine. Needs no torch.</summary>
    /// <param name="sound">At least one sample; several channels are mixed.</param>
    /// <param name="codebooks">How many; null for as many as there are.</param>
    /// <param name="progress">Receives frames done.</param>
    /// <param name="cancellation">Stops between units.</param>
    /// <exception cref="NotSupportedException">The codec has no codebooks.</exception>
    public AudioTokens Tokenize(
        Waveform sound, int? codebooks = null, IProgress<CodecProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sound);
        return TokenCoding.Of(RequireTokens(), Name, sound, codebooks, progress, cancellation);
    }

    /// <summary>The codebook indices of a file.</summary>
    /// <exception cref="NotSupportedException">The codec has no codebooks.</exception>
    /// <inheritdoc cref="Decode" path="/param[@name='file']"/>
    /// <inheritdoc cref="Decode" path="/exception"/>
    public AudioTokens DecodeTokens(ReadOnlyMemory<byte> file)
    {
        using Stream input = AsStream(file);
        return TokenCoding.Read(RequireTokens(), input, _options.Limits);
    }

    /// <summary>The file of codebook indices: <see cref="Decode"/> makes them sound.</summary>
    /// <param name="tokens">The indices; those of a language model as well as those of a sound.</param>
    /// <param name="options">Only <see cref="AudioEncoderOptions.Archive"/> matters.</param>
    /// <exception cref="NotSupportedException">The codec has no codebooks.</exception>
    /// <exception cref="ArgumentException">There is no frame, a number of codebooks that the codec does not know, or an index outside the codebook.</exception>
    /// <exception cref="ModelMismatchException">The tokens name other weights.</exception>
    public byte[] EncodeTokens(AudioTokens tokens, AudioEncoderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        using var output = new MemoryStream();
        TokenCoding.Write(RequireTokens(), Name, tokens, output, options ?? AudioEncoderOptions.Default);
        return output.ToArray();
    }

    /// <summary>Rewrites a file with fewer codebooks, in constant memory, without decoding anything; tags stay, a digest is made anew where there was one.</summary>
    /// <param name="input">The file, at its start.</param>
    /// <param name="output">Receives the smaller file.</param>
    /// <param name="codebooks">How many to keep.</param>
    /// <param name="cancellation">Stops between units.</param>
    /// <returns>The most codebooks that a unit had before.</returns>
    /// <exception cref="NotSupportedException">The codec has no codebooks.</exception>
    /// <inheritdoc cref="Decode" path="/exception"/>
    public int Truncate(Stream input, Stream output, int codebooks, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        return TokenCoding.Truncate(RequireTokens(), input, output, codebooks, _options.Limits, cancellation);
    }

    /// <summary>The most codebooks whose indices fit a bitrate, before entropy coding makes them smaller.</summary>
    /// <exception cref="NotSupportedException">The codec has no codebooks.</exception>
    /// <exception cref="TargetUnreachableException">The fewest that make a sound need more.</exception>
    public int CodebooksFor(double kilobitsPerSecond) => RequireTokens().CodebooksOf(kilobitsPerSecond);

    /// <summary>Numbers of codebooks that the codec knows; null if it has none.</summary>
    public (int Fewest, int Most)? Codebooks => (_codec as ITokenCodec)?.Codebooks;

    /// <summary>Checks a file completely without making sound: structure, checksums, digest, every symbol. Needs no torch and constant memory.</summary>
    /// <param name="input">The stream, at the start of the file.</param>
    /// <param name="progress">Receives samples checked.</param>
    /// <param name="cancellation">Stops between units.</param>
    /// <returns>Samples per channel, and whether the file carries a whole-file digest that is right.</returns>
    /// <inheritdoc cref="Decode" path="/exception"/>
    public (long Samples, bool DigestVerified) Verify(Stream input, IProgress<CodecProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return LatentReader.Verify(_codec, input, _options.Limits, progress, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _codec.Dispose();

    /// <summary>The largest magnitude of samples: what <see cref="SoundDescription.Peak"/> wants. 1 if one of them is not a number.</summary>
    public static double PeakOf(ReadOnlySpan<float> samples)
    {
        float peak = 0;
        foreach (float v in samples)
        {
            peak = Math.Max(peak, Math.Abs(v));
        }

        return float.IsFinite(peak) ? peak : 1;
    }

    /// <summary>The largest magnitude of all channels.</summary>
    internal static double PeakOf(Waveform sound)
    {
        double peak = 0;
        for (int c = 0; c < sound.ChannelCount; c++)
        {
            peak = Math.Max(peak, PeakOf(sound.Channel(c)));
        }

        return peak;
    }

    private ITokenCodec RequireTokens() =>
        _codec as ITokenCodec ?? throw new NotSupportedException($"'{Name}' codes sound without codebooks; 'language-codec' has them.");

    private static MemoryStream AsStream(ReadOnlyMemory<byte> file) => MemoryMarshal.TryGetArray(file, out ArraySegment<byte> segment)
        ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
        : new MemoryStream(file.ToArray(), writable: false);
}
