namespace Codecs.Formats.Media;

/// <summary>A table of the file.</summary>
internal sealed record PlyElement(string Name, long Count, List<PlyProperty> Properties)
{
    /// <summary>The column of one of these names, or -1.</summary>
    public int Find(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            int index = Properties.FindIndex(p => p.Name == name);
            if (index >= 0)
            {
                return index;
            }
        }

        return -1;
    }
}
