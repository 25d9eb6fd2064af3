namespace Codecs.Video.Nirvana;

/// <summary>In which order the pictures between two anchors are coded: halves, then quarters, then eighths.</summary>
/// <param name="Picture">Number of the picture; 1 is the first after the anchor before, the last one is the group's anchor.</param>
/// <param name="Before">The picture before it that is decoded already; 0 is the anchor of the group before.</param>
/// <param name="After">The one after it.</param>
/// <param name="Level">1 for the picture in the middle, 2 for those in the middle of halves, ...</param>
internal readonly record struct GroupOrder(int Picture, int Before, int After, int Level)
{
    /// <summary>Pictures of a full group, its anchor included.</summary>
    internal const int Frames = 8;

    /// <summary>The pictures of a group but its anchor, level by level.</summary>
    /// <param name="frames">Pictures of the group, 1..8.</param>
    internal static GroupOrder[] Of(int frames)
    {
        var order = new List<GroupOrder>();
        var gaps = new Queue<(int Before, int After, int Level)>([(0, frames, 1)]);
        while (gaps.TryDequeue(out (int Before, int After, int Level) gap))
        {
            if (gap.After - gap.Before < 2)
            {
                continue;
            }

            int middle = (gap.Before + gap.After) / 2;
            order.Add(new GroupOrder(middle, gap.Before, gap.After, gap.Level));
            gaps.Enqueue((gap.Before, middle, gap.Level + 1));
            gaps.Enqueue((middle, gap.After, gap.Level + 1));
        }

        return [.. order];
    }
}
