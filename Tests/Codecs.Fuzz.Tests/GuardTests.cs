namespace Codecs.Fuzz.Tests;

public class GuardTests
{
    [Fact]
    public void OurOwnErrorsAreNoFindings() =>
        Assert.IsType<InvalidBitstreamException>(Guard.Feed(new Target(() => throw new InvalidBitstreamException("bad", 0)), default));

    [Fact]
    public void OtherExceptionsAreFindings() =>
        Assert.Throws<InvalidOperationException>(() => Guard.Feed(new Target(() => throw new InvalidOperationException()), default));

    [Fact]
    public void TooMuchMemoryIsAFinding() =>
        Assert.Throws<BrokenPromiseException>(() => Guard.Feed(new Target(() => GC.KeepAlive(new byte[32 << 20])), default));

    [Fact]
    public void WhatIsPreparedOnceIsNoFinding()
    {
        byte[]? once = null;
        Assert.Null(Guard.Feed(new Target(() => once ??= new byte[32 << 20]), default));
    }

    private sealed class Target(Action run) : FuzzTarget
    {
        internal override string Name => "test";

        internal override string Description => "calls back";

        internal override IEnumerable<byte[]> Seeds() => [];

        internal override void Run(ReadOnlyMemory<byte> input) => run();
    }
}
