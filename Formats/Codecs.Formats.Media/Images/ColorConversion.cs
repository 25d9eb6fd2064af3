using ImageMagick;

namespace Codecs.Formats.Media;

/// <summary>Brings decoded pictures to sRGB, or leaves them as they are together with their profile.</summary>
internal static class ColorConversion
{
    /// <summary>Converts in place, says what it did, and returns the profile to carry (null when the pixels are sRGB).</summary>
    public static byte[]? Apply(MagickImage image, bool keepProfile, List<string> warnings)
    {
        bool gray = image.ColorSpace is ColorSpace.Gray or ColorSpace.LinearGray;
        bool cmyk = image.ColorSpace is ColorSpace.CMYK;
        bool plain = image.ColorSpace is ColorSpace.sRGB or ColorSpace.Gray;
        byte[]? carried = null;

        if (image.GetProfile("icc")?.ToByteArray() is { Length: > 0 } bytes)
        {
            // The header is checked here, because the library throws errors of its own at damaged profiles.
            string name = IccProfile.Name(bytes);
            ReadOnlySpan<byte> expected = gray ? "GRAY"u8 : cmyk ? "CMYK"u8 : "RGB "u8;
            if (!IccProfile.ColorSpace(bytes).SequenceEqual(expected) || !(plain || cmyk))
            {
                warnings.Add($"ICC profile '{name}' does not describe this picture's channels and was ignored");
            }
            else if (keepProfile && plain)
            {
                carried = bytes;
            }
            else
            {
                var profile = new ColorProfile(bytes);
                if (cmyk || !IsSrgb(profile, gray))
                {
                    warnings.Add(image.TransformColorSpace(profile, ColorProfiles.SRGB, ColorTransformMode.HighRes)
                        ? $"ICC profile '{name}' converted to sRGB"
                        : $"ICC profile '{name}' could not be applied and was ignored");
                    cmyk = image.ColorSpace == ColorSpace.CMYK;
                }
            }

            image.RemoveProfile("icc");
        }

        if (cmyk)
        {
            warnings.Add("CMYK without a usable ICC profile converted to sRGB by the simple formula");
        }

        ColorSpace wanted = gray ? ColorSpace.Gray : ColorSpace.sRGB;
        if (image.ColorSpace is not (ColorSpace.sRGB or ColorSpace.Gray))
        {
            image.ColorSpace = wanted;
        }

        return carried;
    }

    /// <summary>True when the profile moves no colour of a coarse grid by more than one step, whatever it calls itself.</summary>
    private static bool IsSrgb(ColorProfile profile, bool gray)
    {
        byte[] grid = gray ? new byte[256] : new byte[9 * 9 * 9 * 3];
        for (int i = 0; i < (gray ? 256 : 9 * 9 * 9); i++)
        {
            if (gray)
            {
                grid[i] = (byte)i;
                continue;
            }

            grid[i * 3] = Level(i % 9);
            grid[(i * 3) + 1] = Level(i / 9 % 9);
            grid[(i * 3) + 2] = Level(i / 81);
        }

        using var probe = new MagickImage();
        probe.Read(grid, new MagickReadSettings
        {
            Format = gray ? MagickFormat.Gray : MagickFormat.Rgb,
            Width = gray ? 256u : 9 * 9 * 9,
            Height = 1,
            Depth = 8,
        });
        if (!probe.TransformColorSpace(profile, ColorProfiles.SRGB, ColorTransformMode.HighRes))
        {
            return false;
        }

        using IUnsafePixelCollection<byte> pixels = probe.GetPixelsUnsafe();
        byte[] moved = pixels.ToByteArray(gray ? "R" : "RGB") ?? [];
        for (int i = 0; i < grid.Length; i++)
        {
            if (Math.Abs(grid[i] - moved[i]) > 1)
            {
                return false;
            }
        }

        return true;
    }

    private static byte Level(int step) => (byte)Math.Min(step * 32, 255);
}
