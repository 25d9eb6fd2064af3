namespace Codecs.Formats.Container;

/// <summary>The start of a segment: a place from which reading can go on without what lies before.</summary>
/// <param name="Sequence">Number of the segment, 0, 1, 2 ...; 2^32-1 at most.</param>
/// <param name="UnitsBefore">DATA chunks of the file before the segment.</param>
/// <param name="FirstTick">Time of its first unit; 0 in files without time.</param>
/// <param name="Offset">Position in the file of the SEGM chunk.</param>
public readonly record struct NcfSegment(long Sequence, long UnitsBefore, long FirstTick, long Offset);
