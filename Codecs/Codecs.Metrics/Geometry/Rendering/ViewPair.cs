namespace Codecs.Metrics.Geometry.Rendering;

/// <summary>Likeness of two models from one camera.</summary>
internal readonly record struct ViewPair(double Iou, PictureScore Shading, PictureScore Normals, PictureScore Albedo)
{
    /// <summary>Measures two views; null when both are empty.</summary>
    public static ViewPair? Measure(RenderedView a, RenderedView b, bool colored)
    {
        ReadOnlySpan<byte> maskA = a.Mask.Span;
        ReadOnlySpan<byte> maskB = b.Mask.Span;
        (int left, int right, int top, int bottom) = (int.MaxValue, -1, int.MaxValue, -1);
        long both = 0;
        long either = 0;
        for (int i = 0; i < maskA.Length; i++)
        {
            both += Math.Min(maskA[i], maskB[i]);
            byte most = Math.Max(maskA[i], maskB[i]);
            either += most;
            if (most > 0)
            {
                (int x, int y) = (i % a.Width, i / a.Width);
                (left, right) = (Math.Min(left, x), Math.Max(right, x));
                (top, bottom) = (Math.Min(top, y), Math.Max(bottom, y));
            }
        }

        if (either == 0)
        {
            return null;
        }

        ReadOnlySpan<byte> Crop(ReadOnlyMemory<byte> picture)
        {
            int row = (right - left + 1) * 3;
            byte[] cropped = new byte[row * (bottom - top + 1)];
            for (int y = top; y <= bottom; y++)
            {
                picture.Span.Slice(((y * a.Width) + left) * 3, row).CopyTo(cropped.AsSpan((y - top) * row));
            }

            return cropped;
        }

        PictureScore Score(RenderPass pass, int channels)
        {
            (ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other) = (a.Picture(pass), b.Picture(pass));
            return new(UnionPsnr(one.Span, other.Span, a.Mask.Span, b.Mask.Span), Ssim(Crop(one), Crop(other), right - left + 1, bottom - top + 1, channels));
        }

        return new(
            (double)both / either,
            Score(RenderPass.Shading, channels: 1),
            Score(RenderPass.Normals, channels: 3),
            colored ? Score(RenderPass.Albedo, channels: 3) : default);
    }

    private static double UnionPsnr(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> maskA, ReadOnlySpan<byte> maskB)
    {
        long sum = 0;
        long count = 0;
        for (int i = 0; i < maskA.Length; i++)
        {
            if ((maskA[i] | maskB[i]) != 0)
            {
                count += 3;
                for (int c = 3 * i; c < (3 * i) + 3; c++)
                {
                    int difference = a[c] - b[c];
                    sum += difference * difference;
                }
            }
        }

        return Math.Min(RenderComparison.Ceiling, Psnr.FromMeanSquaredError((double)sum / count));
    }

    // Of each of the first channels, averaged, as in MsSsim; pictures are RGB.
    private static double Ssim(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, int width, int height, int channels)
    {
        double sum = 0;
        for (int c = 0; c < channels; c++)
        {
            sum += SsimScale.Measure(new PlaneReader(a[c..], width, height, 3), new PlaneReader(b[c..], width, height, 3)).Ssim;
        }

        return sum / channels;
    }
}
