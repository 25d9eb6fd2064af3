using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Codecs.EntropyCoding.Tests.Binary;

public sealed class LogisticTablesTests
{
    [Fact]
    public void TheTablesAreTheRoundedFunctions()
    {
        for (int p = 1; p < 4096; p++)
        {
            double exact = 256 * Math.Log(p / (4096.0 - p));
            Assert.InRange(LogisticTables.Stretch[p] - exact, -0.500001, 0.500001);
            Assert.Equal(-LogisticTables.Stretch[p], LogisticTables.Stretch[4096 - p]);
        }

        for (int x = -2048; x <= 2047; x++)
        {
            double exact = 4096 / (1 + Math.Exp(-x / 256.0));
            Assert.InRange(LogisticTables.Squash[x + 2048] - exact, -0.500001, 0.500001);
        }

        Assert.Equal(4096, LogisticTables.Stretch.Length);
        Assert.Equal(4096, LogisticTables.Squash.Length);
        Assert.Equal(LogisticTables.Stretch[1], LogisticTables.Stretch[0]);
    }

    [Fact]
    public void TheTablesAreTheSameOnEveryMachine()
    {
        // Part of the format of mixed bits: a mismatch is a break, never a reason to refresh.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(LogisticTables.Stretch));
        hash.AppendData(MemoryMarshal.AsBytes(LogisticTables.Squash));
        Assert.Equal("c90a0a4bd754684d1b0f591c4df13b99bddd5657b9a4884a2f57b778cfd5621d", Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
