using BenchmarkDotNet.Running;
using Codecs.Benchmarks;

// 'memory' is a plain run, because a peak must be measured in a process that does nothing else; 'entropy', 'analysis', 'speech', 'vqgan', 'nirvana' and 'video' are,
// because they print finished tables; the rest is BenchmarkDotNet.
if (args is ["memory", ..])
{
    return MemoryProbe.Run(args[1..]);
}

if (args is ["entropy", ..])
{
    return EntropyProbe.Run(args[1..]);
}

if (args is ["analysis", ..])
{
    return AnalysisProbe.Run(args[1..]);
}

if (args is ["speech", ..])
{
    return SpeechProbe.Run(args[1..]);
}

if (args is ["vqgan", ..])
{
    return VqganProbe.Run(args[1..]);
}

if (args is ["nirvana", ..])
{
    return NirvanaProbe.Run(args[1..]);
}

if (args is ["video", ..])
{
    return VideoProbe.Run(args[1..]);
}

BenchmarkSwitcher.FromAssembly(typeof(ShortConfig).Assembly).Run(args.Length > 0 ? args : ["--filter", "*"], new ShortConfig());
return 0;
