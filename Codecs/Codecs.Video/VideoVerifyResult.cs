namespace Codecs.Video;

/// <summary>What a complete check of a file found.</summary>
/// <param name="Frames">Frames, all of which decode.</param>
/// <param name="DigestVerified">The file carries a whole-file digest and it is right.</param>
public sealed record VideoVerifyResult(long Frames, bool DigestVerified);
