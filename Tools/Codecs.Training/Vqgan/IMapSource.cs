using Codecs.Models.IndexMaps;

namespace Codecs.Training.Vqgan;

/// <summary>Where <see cref="MapTraining"/> and <see cref="ConcealerTraining"/> take their maps from.</summary>
internal interface IMapSource
{
    /// <summary>Draws random maps, one or more, all of one size: crops or whole pictures.</summary>
    /// <param name="sites">About how many sites they should have together.</param>
    /// <param name="bits">Bits of their indices, up to <see cref="MapShape.Bits"/>.</param>
    IReadOnlyList<IndexMap> Draw(int sites, int bits);
}
