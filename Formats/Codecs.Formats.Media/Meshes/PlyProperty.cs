namespace Codecs.Formats.Media;

/// <summary>A column of an element; a list when it has a type for its length.</summary>
internal sealed record PlyProperty(string Name, PlyType Type, PlyType? Length);
