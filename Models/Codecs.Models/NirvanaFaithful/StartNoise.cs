namespace Codecs.Models.NirvanaFaithful;

/// <summary>The random numbers that a key group starts from: a function of their place, the same on every machine for ever. Normative.</summary>
/// <remarks>SplitMix64 (Steele, Lea and Flood, 2014) at position 2^32 stream + index from a fixed seed; the upper 24 bits become a number from -1 to 1.</remarks>
internal static class StartNoise
{
    /// <summary>Where the sequence begins. Part of the entropy fingerprint.</summary>
    internal const ulong Seed = 0x4E49_5256_414E_4131;

    /// <summary>A number of [-1, 1), a multiple of 2^-23.</summary>
    /// <param name="stream">Which tensor.</param>
    /// <param name="index">Which element.</param>
    internal static float Uniform(int stream, int index)
    {
        ulong z = Seed + ((((ulong)(uint)stream << 32) | (uint)index) * 0x9E37_79B9_7F4A_7C15);
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        z ^= z >> 31;
        return ((z >> 40) * (1f / (1 << 23))) - 1;
    }
}
