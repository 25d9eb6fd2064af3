using System.Globalization;

namespace Codecs.Evaluation;

/// <summary>Counts measurements over a whole run.</summary>
internal sealed class StepCounter(IProgress<CodecProgress>? progress, long total)
{
    private string _stage = "";
    private long _done;

    public void Begin(string file, IContender contender, double setting)
    {
        _stage = string.Create(CultureInfo.InvariantCulture, $"{file}: {contender.Name}, {contender.SettingName} {setting:0.###}");
        progress?.Report(new CodecProgress(_stage, _done, total));
    }

    public void End() => Reach(_done + 1);

    /// <summary>Jumps to a count, past what a skipped file left undone.</summary>
    public void Reach(long done)
    {
        _done = done;
        progress?.Report(new CodecProgress(_stage, _done, total));
    }
}
