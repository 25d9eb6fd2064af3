using System.Globalization;
using System.Runtime.InteropServices;
using Codecs.Formats.Media;
using Codecs.Models.LanguageCodec;

namespace Codecs.Training.Data;

/// <summary>Speech prepared once, then cut from a memory-mapped file: pieces of 20 s, 24 kHz mono, 16 bits, files joined end to end.</summary>
/// <remarks>Numbers of a piece in its <see cref="MappedStore"/>: samples, held-out flag.</remarks>
internal sealed class SpeechCache : IDisposable
{
    /// <summary>Where the shipped model's speech comes from, for its card.</summary>
    internal const string Source =
        "Tools/get-media.sh speech: speech from Debian packages (tuxpaint-stamps-default, fillets-ng-data-cs, fillets-ng-data-nl, klettres-data, "
        + "ktuberling-data, qabcs-data, gcin-voice, kajongg, festvox-ru, asterisk-core-sounds-{en,fr,es,it,ru}-g722)";

    private const ulong Magic = 0x3145484343415053; // "SPACCHE1"
    private const int Numbers = 2, HeldOutEvery = 40, PieceSamples = 20 * SpeechShape.SampleRate, BlockFrames = 1 << 14;
    private readonly MappedStore _store;
    private readonly Piece[] _pieces;

    private SpeechCache(MappedStore store)
    {
        _store = store;
        _pieces = [.. store.Items.Select(i => new Piece(i.Numbers[0], i.Numbers[1] != 0, i.Offset))];
    }

    /// <summary>Pieces to train on.</summary>
    internal IEnumerable<Piece> Training => _pieces.Where(t => !t.HeldOut);

    /// <summary>Pieces kept aside for the training log's yardstick.</summary>
    internal IEnumerable<Piece> HeldOut => _pieces.Where(t => t.HeldOut);

    /// <summary>Opens the cache in the work folder, building it from the data folders first if it is missing.</summary>
    internal static SpeechCache Open(TrainingOptions options, Action<string> log) =>
        new(MappedStore.Open(Path.Combine(options.WorkFolder, "speech.cache"), Magic, Numbers, writer => Build(options, writer, log)));

    /// <summary>Copies samples of a piece.</summary>
    internal void Read(Piece piece, int start, Span<short> destination) =>
        _store.Read(piece.Offset + ((long)start * sizeof(short)), MemoryMarshal.AsBytes(destination));

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    private static void Build(TrainingOptions options, MappedStoreWriter writer, Action<string> log)
    {
        string[] files = options.SoundFiles();
        short[] piece = new short[PieceSamples];
        int filled = 0;
        foreach (string file in files)
        {
            try
            {
                foreach (float sample in Samples(file))
                {
                    piece[filled++] = (short)Math.Clamp(MathF.Round(sample * 32768), short.MinValue, short.MaxValue);
                    if (filled == PieceSamples)
                    {
                        writer.Add(MemoryMarshal.AsBytes(piece.AsSpan()), PieceSamples, writer.Count % HeldOutEvery == HeldOutEvery / 2 ? 1 : 0);
                        filled = 0;
                    }
                }
            }
            catch (CodecException e)
            {
                log($"skipped '{file}': {e.Message}");
            }
        }

        if (writer.Count == 0)
        {
            throw new MediaException($"No {PieceSamples / SpeechShape.SampleRate} seconds of speech in {options.DescribeFolders()}; Tools/get-media.sh fetches some.");
        }

        log(string.Create(
            CultureInfo.InvariantCulture, $"speech cache: {files.Length} files, {(double)writer.Count * PieceSamples / SpeechShape.SampleRate / 3600:F2} hours"));
    }

    private static IEnumerable<float> Samples(string file)
    {
        using AudioReader reader = AudioReader.Open(file);
        int channels = reader.Info.ChannelCount;
        var resampler = new Resampler(reader.Info.SampleRate, SpeechShape.SampleRate);
        float[] block = new float[BlockFrames * channels], mono = new float[BlockFrames], output = new float[resampler.MaxOutput(BlockFrames)];
        for (int count; (count = reader.Read(block)) > 0;)
        {
            for (int i = 0; i < count; i++)
            {
                float sum = 0;
                for (int c = 0; c < channels; c++)
                {
                    sum += block[(i * channels) + c];
                }

                mono[i] = sum / channels;
            }

            int ready = resampler.Push(mono.AsSpan(0, count), output);
            for (int i = 0; i < ready; i++)
            {
                yield return output[i];
            }
        }

        int last = resampler.Flush(output);
        for (int i = 0; i < last; i++)
        {
            yield return output[i];
        }
    }

    internal readonly record struct Piece(int Samples, bool HeldOut, long Offset);
}
