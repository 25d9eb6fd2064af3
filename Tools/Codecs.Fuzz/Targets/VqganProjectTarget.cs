using System.Text;
using Codecs.Models.Vqgan.Faithful;

namespace Codecs.Fuzz.Targets;

/// <summary>The configuration of a published VQGAN, YAML or JSON.</summary>
internal sealed class VqganProjectTarget : FuzzTarget
{
    internal override string Name => "vqgan-project";

    internal override string Description => "the YAML or JSON file with the configuration of a VQGAN";

    internal override IEnumerable<byte[]> Seeds()
    {
        yield return Encoding.UTF8.GetBytes(FaithfulVqganConfig.Published["ldm-f4"].ToJson());
        yield return Encoding.UTF8.GetBytes(
            """
            model:
              params: &p
                embed_dim: 4
                n_embed: 256
                ddconfig:
                  double_z: False
                  z_channels: 4
                  resolution: 256
                  ch: 128
                  ch_mult: [1,2,2,4] # f = 8
                  num_res_blocks: 2
                  attn_resolutions:
                  - 32
            data: *p
            """);
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        FaithfulVqganConfig config = VqganProjectFile.Parse(input);
        Require(FaithfulVqganConfig.Parse(Encoding.UTF8.GetBytes(config.ToJson())) == config, "a configuration is not read back as it was written");
    }
}
