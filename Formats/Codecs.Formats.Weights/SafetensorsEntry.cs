using Codecs.Formats.Container;

namespace Codecs.Formats.Weights;

/// <summary>What the JSON header says about one tensor; not yet checked against the data.</summary>
internal readonly record struct SafetensorsEntry(string Name, ElementType Type, long[] Shape, long Begin, long End);
