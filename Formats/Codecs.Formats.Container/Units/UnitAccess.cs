namespace Codecs.Formats.Container;

/// <summary>Facts about a coded unit; bits 0 and 1 of the flags byte of DATA.</summary>
[Flags]
public enum UnitAccess : byte
{
    /// <summary>Needs earlier units.</summary>
    None = 0,

    /// <summary>Can be decoded without any earlier unit.</summary>
    RandomAccessPoint = 1,

    /// <summary>May be left out without harm to later units.</summary>
    Droppable = 2,
}
