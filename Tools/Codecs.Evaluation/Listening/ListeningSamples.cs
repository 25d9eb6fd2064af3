using System.Globalization;
using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>Writes sounds for listening beside the page that plays them: FLAC, which browsers know, or WAV for more channels than FLAC holds.</summary>
internal sealed class ListeningSamples(IReadOnlyList<IAudioContender> contenders, SoundMeter meter, SoundTrip trip, string pageFolder)
{
    /// <summary>A clip's length at most.</summary>
    public const double Seconds = 10;

    private const string Folder = "samples";

    private readonly SampleNames _names = new();

    /// <exception cref="MediaException">A sound cannot be read or written.</exception>
    public IReadOnlyList<ListeningClip> Write(IReadOnlyList<string> files, IProgress<CodecProgress>? progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.Combine(pageFolder, Folder));
        var steps = new StepCounter(progress, files.Count * contenders.Sum(c => (long)c.Ladder.Count));
        return [.. files.Select((file, i) => WriteClip(file, i + 1, steps, cancellation))];
    }

    private ListeningClip WriteClip(string file, int number, StepCounter steps, CancellationToken cancellation)
    {
        Waveform sound = SoundTrip.Beginning(meter.Read(file).Media, Seconds);
        string stem = Path.GetFileNameWithoutExtension(file);
        string original = WriteSound(sound, number, [stem, "original"], cancellation);
        var samples = new List<ListeningSample>();
        foreach (IAudioContender contender in contenders)
        {
            foreach (double setting in contender.Ladder)
            {
                steps.Begin($"{Path.GetFileName(file)} for listening", contender, setting);
                ReturnedSound back = trip.Take(contender, setting, sound, cancellation);
                string path = WriteSound(back.Sound, number, [stem, contender.Name, setting.ToString("0.###", CultureInfo.InvariantCulture)], cancellation);
                samples.Add(new ListeningSample(contender.Name, contender.SettingName, setting, back.Bytes * 8e-3 / sound.Duration.TotalSeconds, path));
                steps.End();
            }
        }

        return new ListeningClip(Path.GetFileName(file), original, samples);
    }

    /// <returns>The path relative to the page.</returns>
    private string WriteSound(Waveform sound, int number, IReadOnlyList<string> parts, CancellationToken cancellation)
    {
        AudioFormat format = sound.ChannelCount <= AudioFormats.MaxChannels(AudioFormat.Flac) ? AudioFormat.Flac : AudioFormat.Wav;
        string name = _names.Next(number, parts, AudioFormats.Extensions(format)[0]);
        AudioFile.Write(Path.Combine(pageFolder, Folder, name), sound, cancellation: cancellation);
        return $"{Folder}/{name}";
    }
}
