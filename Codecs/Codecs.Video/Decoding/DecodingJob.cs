using System.Collections.Concurrent;
using Codecs.Formats.Media;

namespace Codecs.Video.Decoding;

/// <summary>One chunk, decoded group by group on a thread of its own, ahead of whoever takes the frames.</summary>
internal sealed class DecodingJob : IDisposable
{
    private readonly IClipCodec _codec;
    private readonly VideoFormat _format;
    private readonly List<CodedGroup> _chunk;
    private readonly bool _recover;
    private readonly BlockingCollection<ShownFrame> _frames = [];
    private readonly CancellationTokenSource _stop;
    private readonly Task _task;
    private Exception? _failure;

    /// <param name="codec">The codec.</param>
    /// <param name="format">What the frames are.</param>
    /// <param name="chunk">The groups.</param>
    /// <param name="first">Number within the chunk of the first frame that is wanted.</param>
    /// <param name="recover">Damage freezes the picture instead of ending the job.</param>
    /// <param name="cancellation">Stops soon.</param>
    internal DecodingJob(IClipCodec codec, VideoFormat format, List<CodedGroup> chunk, int first, bool recover, CancellationToken cancellation)
    {
        (_codec, _format, _chunk, _recover) = (codec, format, chunk, recover);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Bytes = format.FrameBytes * (chunk.Sum(g => g.Ticks.Length) - first);
        _task = Task.Factory.StartNew(() => Work(first), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Memory of all its frames.</summary>
    internal long Bytes { get; }

    /// <summary>What was damaged; complete when the frames are over.</summary>
    internal List<string> Losses { get; } = [];

    /// <summary>The next frame.</summary>
    /// <returns>False at the end of the chunk.</returns>
    internal bool TryTake(out ShownFrame frame)
    {
        if (_frames.TryTake(out frame, Timeout.Infinite))
        {
            return true;
        }

        if (_failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
        }

        return false;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _task.Wait();
        _stop.Dispose();
        _frames.Dispose();
    }

    private void Work(int first)
    {
        try
        {
            Decode(first);
        }
        catch (Exception error)
        {
            // Told on the caller's thread, when it has taken the frames before.
            _failure = error;
        }
        finally
        {
            _frames.CompleteAdding();
        }
    }

    private void Decode(int first)
    {
        bool isBroken = !_chunk[0].IsKey;
        if (isBroken)
        {
            Losses.Add($"The frames from {_chunk[0].FirstFrame} on lack the key group before them.");
        }

        using IChunkDecoder? decoder = isBroken ? null : _codec.CreateDecoder(_format);
        VideoFrame? last = null;
        foreach (CodedGroup group in _chunk)
        {
            _stop.Token.ThrowIfCancellationRequested();
            int count = group.Ticks.Length, unwanted = Math.Clamp(first, 0, count);
            first -= count;
            isBroken |= group.Unit is null;
            VideoFrame[]? frames = isBroken ? null : Decode(decoder!, group, skip: unwanted == count);
            isBroken |= frames is null;
            for (int i = unwanted; i < count; i++)
            {
                _frames.Add(new ShownFrame(frames?[i] ?? last, group.Ticks[i]));
            }

            last = frames?[^1] ?? last;
        }
    }

    // All frames of a group, or its last one if it is only passed; null if it is damaged.
    private VideoFrame[]? Decode(IChunkDecoder decoder, CodedGroup group, bool skip)
    {
        try
        {
            return skip
                ? [decoder.Skip(group.Payloads, group.Ticks.Length, _stop.Token)]
                : decoder.Decode(group.Payloads, group.Ticks.Length, _stop.Token);
        }
        catch (InvalidBitstreamException e) when (_recover)
        {
            Losses.Add($"The group of frame {group.FirstFrame} is damaged; the last good frame stays until the next key group: {e.Message}");
            return null;
        }
    }
}
