using Codecs.Formats.Container;

namespace Codecs.Video.Encoding;

/// <summary>A group on its way into the file.</summary>
/// <param name="Unit">Its unit.</param>
/// <param name="Ticks">When its frames are shown.</param>
/// <param name="PsnrDb">Its PSNR.</param>
/// <param name="Parts">Its bytes by what they are for.</param>
internal sealed record FinishedGroup(DataUnit Unit, IReadOnlyList<long> Ticks, double PsnrDb, IReadOnlyDictionary<string, int> Parts);
