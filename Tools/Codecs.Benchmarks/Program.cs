using BenchmarkDotNet.Running;
using Codecs.Benchmarks;

// 'memory' is a plain run, because a peak must be measured in a process that does nothing else, and 'entropy' one, because it prints a finished
// table; the rest is BenchmarkDotNet.
if (args is ["memory", ..])
{
    return MemoryProbe.Run(args[1..]);
}

if (args is ["entropy", ..])
{
    return EntropyProbe.Run(args[1..]);
}

BenchmarkSwitcher.FromAssembly(typeof(ShortConfig).Assembly).Run(args.Length > 0 ? args : ["--filter", "*"], new ShortConfig());
return 0;
