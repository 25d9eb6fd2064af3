using Codecs.Cli.Tests.Support;

// Made once for all classes.
[assembly: AssemblyFixture(typeof(CodedSamples))]
[assembly: AssemblyFixture(typeof(CodedSounds))]
[assembly: AssemblyFixture(typeof(CodedSpeech))]
[assembly: AssemblyFixture(typeof(CodedPackets))]
[assembly: AssemblyFixture(typeof(CodedClips))]
