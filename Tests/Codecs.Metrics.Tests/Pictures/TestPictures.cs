namespace Codecs.Metrics.Tests.Pictures;

/// <summary>Pictures made by integer arithmetic alone, so that another program can make the same ones.</summary>
internal static class TestPictures
{
    /// <summary>Ramps that wrap around and small patches in all colours, uint8 [height, width, 3].</summary>
    public static byte[] Patches(int width, int height) =>
        Make(width, height, (x, y, c) => ((x * x * (c + 1) / 16) + (y * (9 - (2 * c))) + (((x / 12) + (y / 9) + c) % 3 * 60)) % 256);

    /// <summary>The picture smeared to the right, in few levels, with a regular pattern over it.</summary>
    public static byte[] Damaged(byte[] picture, int width, int height) =>
        Make(width, height, (x, y, c) =>
        {
            int left = picture[(((y * width) + Math.Max(x - 1, 0)) * 3) + c];
            return (((picture[(((y * width) + x) * 3) + c] + left) / 2) / 24 * 24) + (((x * 7) + (y * 5) + (c * 3)) % 11);
        });

    /// <summary>Soft waves with a few edges, as in photographs.</summary>
    public static byte[] Waves(int width, int height) =>
        Make(width, height, (x, y, c) => (int)(120 + (45 * Math.Sin((x * 0.13) + c)) + (35 * Math.Cos(y * 0.09 * (c + 1))) + (((x / 17) + (y / 23)) % 2 * 40)));

    /// <summary>The mean over a square of 2 <paramref name="radius"/> + 1.</summary>
    public static byte[] Blurred(byte[] picture, int width, int height, int radius) =>
        Make(width, height, (x, y, c) =>
        {
            int sum = 0;
            for (int v = y - radius; v <= y + radius; v++)
            {
                for (int u = x - radius; u <= x + radius; u++)
                {
                    sum += picture[(((Math.Clamp(v, 0, height - 1) * width) + Math.Clamp(u, 0, width - 1)) * 3) + c];
                }
            }

            return sum / ((2 * radius) + 1) / ((2 * radius) + 1);
        });

    /// <summary>Blocks of 8x8 that keep their mean and a part of the rest, as a coder with few bits leaves them.</summary>
    public static byte[] Blocky(byte[] picture, int width, int height, double keep) =>
        Make(width, height, (x, y, c) =>
        {
            (int left, int top) = (x / 8 * 8, y / 8 * 8);
            int sum = 0;
            int count = 0;
            for (int v = top; v < Math.Min(top + 8, height); v++)
            {
                for (int u = left; u < Math.Min(left + 8, width); u++)
                {
                    sum += picture[(((v * width) + u) * 3) + c];
                    count++;
                }
            }

            double mean = (double)sum / count;
            return (int)Math.Round(mean + (keep * (picture[(((y * width) + x) * 3) + c] - mean)));
        });

    private static byte[] Make(int width, int height, Func<int, int, int, int> sample)
    {
        byte[] picture = new byte[width * height * 3];
        for (int i = 0; i < picture.Length; i++)
        {
            picture[i] = (byte)Math.Clamp(sample(i / 3 % width, i / 3 / width, i % 3), 0, 255);
        }

        return picture;
    }
}
