namespace Codecs.Formats.Media;

/// <summary>The vertices of a PLY file: which columns mean what, and the values.</summary>
internal sealed class PlyVertices
{
    private static readonly string[][] s_names =
    [
        ["x"], ["y"], ["z"],
        ["nx", "normal_x"], ["ny", "normal_y"], ["nz", "normal_z"],
        ["red", "r", "diffuse_red"], ["green", "g", "diffuse_green"], ["blue", "b", "diffuse_blue"], ["alpha", "a", "diffuse_alpha"],
        ["s", "u", "texture_u", "texture_s"], ["t", "v", "texture_v", "texture_t"],
    ];

    private readonly int[] _columns = new int[s_names.Length];
    private readonly PlyElement _element;

    public PlyVertices(PlyElement element, SceneLimits limits)
    {
        SceneLimits.Check(element.Count, limits.MaxVertices, "vertices", nameof(limits.MaxVertices));
        _element = element;
        for (int i = 0; i < _columns.Length; i++)
        {
            _columns[i] = element.Find(s_names[i]);
        }

        if (!Has(0, 3))
        {
            throw new MediaException("The vertices of the PLY file have no x, y and z.");
        }

        int count = (int)element.Count;
        Positions = new float[count * 3];
        Normals = Has(3, 3) ? new float[count * 3] : null;
        Colors = Has(6, 3) ? new float[count * 4] : null;
        TexCoords = Has(10, 2) ? new float[count * 2] : null;
    }

    public float[] Positions { get; }

    public float[]? Normals { get; }

    /// <summary>Linear RGB and alpha.</summary>
    public float[]? Colors { get; }

    /// <summary>v runs downwards, as in glTF; MeshLab writes it upwards.</summary>
    public float[]? TexCoords { get; }

    /// <summary>Reads all vertices.</summary>
    /// <exception cref="MediaException">The file ends, or a position is not finite.</exception>
    public void Read(ref PlyValues values)
    {
        Span<double> row = stackalloc double[_element.Properties.Count];
        for (int i = 0; i < (int)_element.Count; i++)
        {
            for (int p = 0; p < row.Length; p++)
            {
                PlyProperty property = _element.Properties[p];
                if (property.Length is null)
                {
                    row[p] = values.Next(property.Type);
                    continue;
                }

                for (int left = values.NextLength(property); left > 0; left--)
                {
                    values.Next(property.Type);
                }

                row[p] = 0;
            }

            Store(row, i);
        }
    }

    private void Store(ReadOnlySpan<double> row, int vertex)
    {
        var place = new Vec3((float)row[_columns[0]], (float)row[_columns[1]], (float)row[_columns[2]]);
        if (!place.IsFinite)
        {
            throw new MediaException($"Vertex {vertex} of the PLY file has coordinates that are not finite. Remove such points first.");
        }

        place.Store(Positions, vertex);
        if (Normals is not null)
        {
            new Vec3(row[_columns[3]], row[_columns[4]], row[_columns[5]]).Unit().Store(Normals, vertex);
        }

        if (TexCoords is not null)
        {
            (float u, float v) = ((float)row[_columns[10]], (float)row[_columns[11]]);
            TexCoords[vertex * 2] = float.IsFinite(u) ? u : 0;
            TexCoords[(vertex * 2) + 1] = float.IsFinite(v) ? 1 - v : 0;
        }

        if (Colors is not null)
        {
            for (int c = 0; c < 3; c++)
            {
                Colors[(vertex * 4) + c] = SrgbCurve.ToLinear(Share(row, 6 + c));
            }

            Colors[(vertex * 4) + 3] = _columns[9] < 0 ? 1 : Share(row, 9);
        }
    }

    /// <summary>A colour as 0 to 1: floats are that already, integers are shares of their largest value.</summary>
    private float Share(ReadOnlySpan<double> row, int what)
    {
        int column = _columns[what];
        double most = _element.Properties[column].Type switch
        {
            PlyType.Float32 or PlyType.Float64 => 1,
            PlyType.UInt16 or PlyType.Int16 => 65535,
            _ => 255,
        };
        double value = row[column] / most;
        return double.IsNaN(value) ? 0 : (float)Math.Clamp(value, 0, 1);
    }

    private bool Has(int first, int count)
    {
        for (int i = first; i < first + count; i++)
        {
            if (_columns[i] < 0 || _element.Properties[_columns[i]].Length is not null)
            {
                return false;
            }
        }

        return true;
    }
}
