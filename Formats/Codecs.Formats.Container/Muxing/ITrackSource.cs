namespace Codecs.Formats.Container;

/// <summary>Tracks made elsewhere, unit by unit, that go into a file beside its own; see <see cref="NcfMuxer"/>.</summary>
public interface ITrackSource : IDisposable
{
    /// <summary>The tracks; numbers and models count within this source.</summary>
    IReadOnlyList<Track> Tracks { get; }

    /// <summary>The models of the tracks.</summary>
    IReadOnlyList<ModelReference> Models { get; }

    /// <summary>What the source's times count.</summary>
    TickRate Clock { get; }

    /// <summary>The next unit in order of time.</summary>
    /// <returns>The unit, its payloads valid until the next call; null at the end.</returns>
    DataUnit? Read();
}
