namespace Codecs.Cli.Output;

/// <summary>Standard error: lines for a person, and a live progress display when a person is there to see it.</summary>
internal sealed class Terminal(bool quiet)
{
    private ProgressDisplay? _display;

    private bool IsInteractive =>
        !quiet && !Console.IsErrorRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));

    /// <summary>True while lines on standard output would tear the display.</summary>
    internal bool IsLive => _display is not null;

    /// <summary>Runs work under a progress display, or just runs it.</summary>
    /// <param name="files">How many files will be worked on.</param>
    /// <param name="work">The work.</param>
    internal void RunLive(int files, Action work)
    {
        if (!IsInteractive)
        {
            work();
            return;
        }

        ProgressDisplay.Run(files, display =>
        {
            _display = display;
            try
            {
                work();
            }
            finally
            {
                _display = null;
            }
        });
    }

    /// <summary>Starts the next file; its stages go to the result.</summary>
    internal IProgress<CodecProgress>? Begin(string name) => _display?.Begin(name);

    internal void End() => _display?.End();

    /// <summary>A line that --quiet drops.</summary>
    internal void Line(string text)
    {
        if (!quiet)
        {
            Error(text);
        }
    }

    /// <summary>A line that always appears.</summary>
    internal void Error(string text)
    {
        if (_display is null)
        {
            Console.Error.WriteLine(text);
        }
        else
        {
            _display.Write(text);
        }
    }
}
