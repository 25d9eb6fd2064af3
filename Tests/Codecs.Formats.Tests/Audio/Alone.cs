namespace Codecs.Formats.Tests.Audio;

/// <summary>Tests that count this process's children: others that start ffmpeg must not run beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
