using static Codecs.Models.Nirvana.FeatureSource;

namespace Codecs.Models.Nirvana;

/// <summary>One input of a network: a sample, or the difference of two.</summary>
/// <param name="Plus">The plane of the sample.</param>
/// <param name="Along">Its distance in the direction of the pair that the step splits a mean into.</param>
/// <param name="Across">Its distance in the other direction.</param>
/// <param name="Minus">The plane that is subtracted; null for nothing.</param>
/// <param name="MinusAlong">Distance of that sample.</param>
/// <param name="MinusAcross">Distance of that sample.</param>
internal readonly record struct Feature(FeatureSource Plus, int Along, int Across, FeatureSource? Minus = null, int MinusAlong = 0, int MinusAcross = 0);

/// <summary>What the networks look at; behind these inputs come numbers that hold for the whole plane: <see cref="PlaneContext.Scalars"/>.</summary>
internal static class FeatureLayout
{
    private static readonly (int Along, int Across)[] s_cross = [(-1, 0), (1, 0), (0, -1), (0, 1)];

    private static readonly (int Along, int Across)[] s_wide = [(-2, 0), (2, 0), (-1, -1), (1, -1), (-1, 1), (1, 1)];

    /// <summary>Numbers that hold for the whole plane: the rate index; with a prediction from other pictures also how good and how far away those are.</summary>
    internal static int ScalarsOf(bool inter) => inter ? 3 : 1;

    /// <summary>The inputs of a network.</summary>
    /// <param name="luma">True for the first plane.</param>
    /// <param name="inter">True when there is a prediction from other pictures.</param>
    /// <param name="phase">0 for the first half of the positions (as on a chessboard), 1 for those that know their four neighbours.</param>
    internal static Feature[] Of(bool luma, bool inter, int phase)
    {
        var list = new List<Feature>();
        list.AddRange(luma ? LumaNeighbours() : ChromaNeighbours());
        list.AddRange(luma && !inter ? [new(Parent, 0, 0), .. Cross(Parent), new(Grandparent, 0, 0)] : [new(Parent, 0, 0), new(Grandparent, 0, 0)]);
        if (inter)
        {
            list.Add(new(ReferenceMean, 0, 0, Mean));
            list.AddRange(s_cross.Take(luma ? 4 : 2).Select(o => new Feature(ReferenceMean, o.Along, o.Across, Mean, o.Along, o.Across)));
            list.Add(new(ReferenceHalf, 0, 0));
            list.AddRange(s_cross.Take(luma ? 4 : 2).Select(o => new Feature(ReferenceHalf, o.Along, o.Across)));
            list.AddRange(luma ? s_wide.Select(o => new Feature(ReferenceHalf, o.Along, o.Across)) : []);
            list.AddRange([new(DoubtMean, 0, 0), new(DoubtHalf, 0, 0)]);
            if (!luma)
            {
                list.AddRange([new(LumaChange, 0, 0), new(ChromaChange, 0, 0)]);
            }
        }

        if (phase == 1)
        {
            list.AddRange([.. Cross(FeatureSource.Half), .. Cross(Residual)]);
        }

        // With the scalars an even number.
        if ((list.Count + ScalarsOf(inter)) % 2 != 0)
        {
            list.Add(new(Mean, -2, 2, Mean));
        }

        return [.. list];
    }

    private static IEnumerable<Feature> Cross(FeatureSource source) => s_cross.Select(o => new Feature(source, o.Along, o.Across));

    private static IEnumerable<Feature> LumaNeighbours()
    {
        for (int distance = 1; distance <= 3; distance++)
        {
            yield return new(Mean, -distance, 0, Mean);
            yield return new(Mean, distance, 0, Mean);
        }

        foreach (int across in (int[])[-1, 1])
        {
            for (int along = -2; along <= 2; along++)
            {
                yield return new(Mean, along, across, Mean);
            }
        }

        foreach (int across in (int[])[-2, 2])
        {
            for (int along = -1; along <= 1; along++)
            {
                yield return new(Mean, along, across, Mean);
            }
        }
    }

    private static IEnumerable<Feature> ChromaNeighbours()
    {
        for (int across = -1; across <= 1; across++)
        {
            for (int along = -1; along <= 1; along++)
            {
                if (along != 0 || across != 0)
                {
                    yield return new(Mean, along, across, Mean);
                }
            }
        }

        yield return new(LumaHalf, 0, 0);
        yield return new(LumaHalf, -1, 0);
        yield return new(LumaHalf, 1, 0);
        yield return new(LumaMean, -1, 0, LumaMean);
        yield return new(LumaMean, 1, 0, LumaMean);
        yield return new(ChromaHalf, 0, 0);
        yield return new(ChromaHalf, -1, 0);
        yield return new(ChromaHalf, 1, 0);
    }
}
