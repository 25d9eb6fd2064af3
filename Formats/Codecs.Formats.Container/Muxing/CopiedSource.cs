namespace Codecs.Formats.Container;

/// <summary>A stream that is kept byte by byte, as the one <see cref="CopiedTrack"/> of a source.</summary>
/// <param name="mediaType">Type of the whole, such as <see cref="CopiedTrack.MatroskaAudio"/>.</param>
/// <param name="pieces">The stream, cut where its bytes say something on their own; taken as they are needed.</param>
/// <param name="clock">The clock of the file that it goes into.</param>
public sealed class CopiedSource(string mediaType, IEnumerable<CopiedPiece> pieces, TickRate clock) : ITrackSource
{
    private readonly IEnumerator<CopiedPiece> _pieces = pieces.GetEnumerator();
    private long _next;
    private long _tick;

    /// <inheritdoc/>
    public IReadOnlyList<Track> Tracks { get; } = [new CopiedTrack { MediaType = mediaType }];

    /// <inheritdoc/>
    public IReadOnlyList<ModelReference> Models => [];

    /// <inheritdoc/>
    public TickRate Clock => clock;

    /// <inheritdoc/>
    public DataUnit? Read()
    {
        if (!_pieces.MoveNext())
        {
            return null;
        }

        _tick = Math.Max(_tick, clock.TicksIn(Math.Max(0, _pieces.Current.Seconds)));
        return new DataUnit { Number = _next++, Coder = CoderId.Raw, Check = ContentCheck.None, Timestamp = _tick, Payloads = [_pieces.Current.Bytes] };
    }

    /// <inheritdoc/>
    public void Dispose() => _pieces.Dispose();
}
