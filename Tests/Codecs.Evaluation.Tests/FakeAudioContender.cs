using System.Globalization;
using System.Text;
using Codecs.Formats.Media;

namespace Codecs.Evaluation.Tests;

/// <summary>A sound codec whose files have a known rate, and whose decoder adds a square wave of known height and is late by known samples.</summary>
internal sealed class FakeAudioContender(string name, bool isAnchor, params FakeAudioContender.Step[] steps) : IAudioContender
{
    private Waveform? _last;

    public string Name => name;

    public string Description => "made up";

    public string SettingName => "quality";

    public IReadOnlyList<double> Ladder { get; } = [.. steps.Select(s => s.Setting)];

    public bool IsAnchor => isAnchor;

    public string? CacheKey { get; init; }

    /// <summary>Samples by which decoded sound is late; it is longer by as many.</summary>
    public int Delay { get; init; }

    /// <summary>What comes back has this sample rate, or the original's when 0.</summary>
    public int WorkingRate { get; init; }

    public int Encodings { get; private set; }

    public byte[] Encode(Waveform media, double setting, CancellationToken cancellation)
    {
        Encodings++;
        _last = media;
        Step step = steps.First(s => s.Setting == setting);
        byte[] file = new byte[(int)Math.Round(step.KbitPerSecond * 125 * media.SampleCount / media.SampleRate)];
        Encoding.UTF8.GetBytes(step.Error.ToString("R", CultureInfo.InvariantCulture)).CopyTo(file, 0);
        return file;
    }

    public Waveform Decode(ReadOnlyMemory<byte> file, CancellationToken cancellation)
    {
        float error = float.Parse(Encoding.UTF8.GetString(file.Span).TrimEnd('\0'), CultureInfo.InvariantCulture);
        Waveform late = new(_last!.SampleRate, _last.ChannelCount, _last.SampleCount + Delay);
        for (int c = 0; c < late.ChannelCount; c++)
        {
            ReadOnlySpan<float> source = _last.Channel(c);
            Span<float> samples = late.Channel(c)[Delay..];
            for (int i = 0; i < samples.Length; i++)
            {
                samples[i] = source[i] + (i % 2 == 0 ? error : -error);
            }
        }

        return WorkingRate == 0 ? late : Resampler.Convert(late, WorkingRate);
    }

    /// <summary>A setting, its rate, and by how much each sample is wrong.</summary>
    internal readonly record struct Step(double Setting, double KbitPerSecond, float Error);
}
