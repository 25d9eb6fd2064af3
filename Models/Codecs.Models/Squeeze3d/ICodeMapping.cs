using static TorchSharp.torch;

namespace Codecs.Models.Squeeze3d;

/// <summary>A pair of mapping networks between the latents of an encoder and of a generator; other pairs need other ones.</summary>
internal interface ICodeMapping
{
    /// <summary>F_E.</summary>
    /// <param name="latents">z_E, [count, length of the encoder's latent].</param>
    /// <returns>z, [count, length of the code], most important elements first.</returns>
    Tensor Encode(Tensor latents);

    /// <summary>F_D.</summary>
    /// <param name="codes">z, [count, length of the code]; elements that were left away are 0.</param>
    /// <returns>z_G, [count, length of the generator's latent].</returns>
    Tensor Decode(Tensor codes);
}
