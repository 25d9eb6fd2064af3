using System.Security.Cryptography;

namespace Codecs.Formats.Container;

/// <summary>The part of a stream that is looked at: grows only with bytes that have really arrived, and forgets what was consumed.</summary>
internal sealed class StreamWindow(Stream input, bool withDigest) : IDisposable
{
    private const int FirstBuffer = 4096;

    private IncrementalHash? _digest = withDigest ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
    private byte[] _buffer = new byte[FirstBuffer];
    private int _start;
    private int _end;

    /// <summary>The bytes that are there; valid until the next fill.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(_start, _end - _start);

    /// <summary>The stream has ended: no more bytes will come.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Steps over bytes.</summary>
    public void Consume(long count)
    {
        _digest?.AppendData(Bytes.Span[..(int)count]);
        _start += (int)count;
    }

    /// <summary>SHA-256 of everything consumed; null when it was not wanted or bytes were skipped.</summary>
    public Fingerprint? DigestSoFar() => _digest is null ? null : new Fingerprint(_digest.GetCurrentHash());

    /// <summary>Reads until this many bytes are there, or the stream ends.</summary>
    public void Fill(long needed)
    {
        while (_end - _start < needed && !IsComplete)
        {
            Added(input.Read(Room(needed).Span));
        }
    }

    /// <inheritdoc cref="Fill"/>
    public async ValueTask FillAsync(long needed, CancellationToken cancellation)
    {
        while (_end - _start < needed && !IsComplete)
        {
            Added(await input.ReadAsync(Room(needed), cancellation).ConfigureAwait(false));
        }
    }

    /// <summary>Forgets everything: the stream was moved.</summary>
    public void Restart()
    {
        (_start, _end, IsComplete) = (0, 0, false);
        Dispose();
        _digest = null;
    }

    /// <inheritdoc/>
    public void Dispose() => _digest?.Dispose();

    private Memory<byte> Room(long needed)
    {
        if (_end == _buffer.Length)
        {
            int length = _end - _start;

            // At least half as much again, so that growing costs little; at most twice, so that a length that is only announced costs nothing.
            long larger = Math.Min(Math.Clamp(needed, 3L * _buffer.Length / 2, 2L * _buffer.Length), Array.MaxLength);
            byte[] target = needed <= _buffer.Length ? _buffer : new byte[larger];
            _buffer.AsSpan(_start, length).CopyTo(target);
            (_buffer, _start, _end) = (target, 0, length);
        }

        return _buffer.AsMemory(_end);
    }

    private void Added(int count)
    {
        _end += count;
        IsComplete = count == 0;
    }
}
