namespace Codecs.Models.Tests.Faithful;

/// <summary>The formula that the weights of golden vectors come from; no weights need to be stored.</summary>
internal static class GoldenFill
{
    /// <summary>value(i) = start + amplitude·sin(0.7(i + 1) + 0.013(i + 1)((i mod 17) + 1) + 0.31·k), k the sum of the name's characters.</summary>
    internal static float[] Create(string name, int count, double amplitude, double start = 0)
    {
        int k = name.Sum(c => c);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)(start + (amplitude * Math.Sin((0.7 * (i + 1)) + (0.013 * (i + 1) * ((i % 17) + 1)) + (0.31 * k))));
        }

        return values;
    }
}
