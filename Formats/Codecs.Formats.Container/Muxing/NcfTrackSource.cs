namespace Codecs.Formats.Container;

/// <summary>The tracks of an .ncf file, such as sound that one of this suite's codecs made.</summary>
public sealed class NcfTrackSource : ITrackSource
{
    private readonly NcfStreamReader _reader;
    private readonly NcfHeader _header;

    /// <summary>Reads the start of a file.</summary>
    /// <param name="input">The stream, at the start of the file; need not seek, stays open.</param>
    /// <param name="limits">How much the file may ask for.</param>
    /// <exception cref="UnsupportedBitstreamException">The file has no time.</exception>
    /// <inheritdoc cref="NcfStreamReader.ReadHeader" path="/exception"/>
    public NcfTrackSource(Stream input, NcfLimits limits)
    {
        _reader = new NcfStreamReader(input, limits);
        try
        {
            _header = _reader.ReadHeader()!;
            if (_header.TickRate.IsNone)
            {
                throw new UnsupportedBitstreamException($"The file holds {_header.Kind} without time, which cannot go beside a video.");
            }
        }
        catch
        {
            _reader.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Track> Tracks => _header.Tracks;

    /// <inheritdoc/>
    public IReadOnlyList<ModelReference> Models => _header.Models;

    /// <inheritdoc/>
    public TickRate Clock => _header.TickRate;

    /// <inheritdoc/>
    public DataUnit? Read() => _reader.ReadUnit();

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();
}
