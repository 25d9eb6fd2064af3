using System.ComponentModel;
using System.Diagnostics;

namespace Codecs.Formats.Media;

/// <summary>A running ffmpeg or ffprobe: pipes to both sides, the last lines of its complaints, and an end in every case.</summary>
/// <remarks>
/// FFMpegCore runs ffmpeg to its end and pushes into or out of named pipes meanwhile. Here callers pull and push at their own pace, so the process is
/// started directly. Its arguments go as a list: no name of a file can be taken for an option or end a quotation.
/// </remarks>
internal sealed class FfmpegProcess : IDisposable
{
    private const int KeptLines = 20;

    private readonly Process _process;
    private readonly Queue<string> _complaints = new();
    private bool _disposed;

    private FfmpegProcess(Process process)
    {
        _process = process;
        process.ErrorDataReceived += OnComplaint;
        process.BeginErrorReadLine();
    }

    /// <summary>What the process reads; dispose it to end the input.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>What the process writes.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its file.</param>
    /// <param name="arguments">Its arguments, not quoted.</param>
    /// <exception cref="MediaException">There is no such program.</exception>
    public static FfmpegProcess Start(string program, IEnumerable<string> arguments)
    {
        if (!Path.IsPathFullyQualified(program))
        {
            // Process.Start would look in the current folder too, where a stranger's file may lie.
            throw Missing(program, null);
        }

        try
        {
            return new FfmpegProcess(Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardErrorEncoding = System.Text.Encoding.UTF8,
                UseShellExecute = false,
                CreateNoWindow = true,
            })!);
        }
        catch (Win32Exception error)
        {
            throw Missing(program, error);
        }
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Its file.</param>
    /// <param name="arguments">Its arguments, not quoted.</param>
    /// <param name="input">What it reads; it need not read all.</param>
    /// <param name="maxOutput">The most bytes it may write.</param>
    /// <param name="subject">What to call the media in messages.</param>
    /// <returns>What it wrote.</returns>
    /// <exception cref="MediaException">There is no such program, or it failed.</exception>
    /// <exception cref="LimitExceededException">It wrote too much.</exception>
    public static byte[] Run(string program, IEnumerable<string> arguments, ReadOnlyMemory<byte> input, int maxOutput, string subject)
    {
        using FfmpegProcess process = Start(program, arguments);
        _ = StreamPump.Feed(input, null, process.Input);
        using var output = new MemoryStream();
        byte[] block = new byte[1 << 16];
        for (int read; (read = process.Output.Read(block)) > 0;)
        {
            if (output.Length + read > maxOutput)
            {
                throw new LimitExceededException($"'{subject}' gives more than the {maxOutput} bytes that are allowed.");
            }

            output.Write(block, 0, read);
        }

        process.WaitForSuccess(subject);
        return output.ToArray();
    }

    /// <summary>Waits for the end and throws if the process failed.</summary>
    /// <param name="subject">What to call the media in the message.</param>
    /// <exception cref="MediaException">The process failed; the message has its last words.</exception>
    public void WaitForSuccess(string subject)
    {
        _process.WaitForExit();
        if (_process.ExitCode != 0)
        {
            throw Failure(subject);
        }
    }

    /// <summary>The error that the process has explained last: its two last lines, which tend to be a cause and what came of it.</summary>
    /// <param name="subject">What to call the media in the message.</param>
    public MediaException Failure(string subject)
    {
        string[] lines = Complaints();
        string said = lines.Length > 0 ? string.Join("; ", lines.TakeLast(2)) : $"ffmpeg failed with exit code {_process.ExitCode} and no message";
        return new MediaException($"'{subject}': {said}.");
    }

    /// <summary>The last distinct complaints, oldest first; complete once the process has ended.</summary>
    public string[] Complaints()
    {
        lock (_complaints)
        {
            return [.. _complaints];
        }
    }

    /// <summary>Ends the process now; whoever reads from it or writes to it meets the end of the pipe.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It had ended by itself.
        }
    }

    /// <summary>Ends the process if it still runs, and waits until it is gone.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static MediaException Missing(string program, Exception? cause) => new(
        $"{Path.GetFileNameWithoutExtension(program)} cannot be started; sound and video files need ffmpeg and ffprobe on the PATH. Install the package "
        + "'ffmpeg' of your system (apt install ffmpeg, brew install ffmpeg, winget install ffmpeg).",
        cause);

    private void OnComplaint(object sender, DataReceivedEventArgs line)
    {
        if (FfmpegMessage.Clean(line.Data) is not { } text)
        {
            return;
        }

        lock (_complaints)
        {
            if (_complaints.Contains(text))
            {
                return;
            }

            if (_complaints.Count == KeptLines)
            {
                _complaints.Dequeue();
            }

            _complaints.Enqueue(text);
        }
    }
}
