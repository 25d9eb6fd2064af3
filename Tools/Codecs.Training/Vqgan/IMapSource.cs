using Codecs.Models.IndexMaps;

namespace Codecs.Training.Vqgan;

/// <summary>Where <see cref="MapTraining"/> takes its maps from.</summary>
internal interface IMapSource
{
    /// <summary>Draws random maps of <see cref="MapShape.Bits"/> bits, one or more, all of one size: crops or whole pictures.</summary>
    /// <param name="sites">About how many sites they should have together.</param>
    IReadOnlyList<IndexMap> Draw(int sites);
}
