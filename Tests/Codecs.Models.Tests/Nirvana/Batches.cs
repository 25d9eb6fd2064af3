using System.Runtime.Intrinsics;
using Codecs.Models.Nirvana;

namespace Codecs.Models.Tests.Nirvana;

/// <summary>Inputs of 64 positions as networks take them, two to a lane.</summary>
internal static class Batches
{
    /// <summary>Packs inputs, [inputs, 64 positions].</summary>
    internal static Vector512<int>[] Pack(short[,] inputs)
    {
        int pairs = inputs.GetLength(0) / 2;
        var packed = new Vector512<int>[pairs * 4];
        for (int p = 0; p < pairs; p++)
        {
            for (int v = 0; v < 4; v++)
            {
                int[] lanes = [.. Enumerable.Range(16 * v, 16).Select(i => (ushort)inputs[2 * p, i] | (inputs[(2 * p) + 1, i] << 16))];
                packed[(p * 4) + v] = Vector512.Create(lanes);
            }
        }

        return packed;
    }

    /// <summary>Input <paramref name="input"/> of a position.</summary>
    internal static short Of(ReadOnlySpan<Vector512<int>> packed, int input, int position)
    {
        int lane = packed[(input / 2 * 4) + (position / 16)][position % 16];
        return (short)(input % 2 == 0 ? lane : lane >> 16);
    }

    /// <summary>Inputs between -<paramref name="largest"/> and it.</summary>
    internal static short[,] Random(int inputs, int largest, Random random)
    {
        short[,] values = new short[inputs, ExactPerceptron.Batch];
        for (int i = 0; i < inputs; i++)
        {
            for (int p = 0; p < ExactPerceptron.Batch; p++)
            {
                values[i, p] = (short)random.Next(-largest, largest + 1);
            }
        }

        return values;
    }

    /// <summary>Room for hidden units of any network.</summary>
    internal static Vector512<int>[] Hidden() => new Vector512<int>[40 * 4];
}
