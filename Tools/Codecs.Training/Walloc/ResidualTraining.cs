using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Formats.Weights;
using Codecs.Models;
using Codecs.Models.Exact;
using Codecs.Models.Walloc;
using static TorchSharp.torch;

namespace Codecs.Training.Walloc;

/// <summary>Learns in what states the residual contexts should start: those they have after much training material at all rates.</summary>
internal static class ResidualTraining
{
    private const long BytesPerMap = 32 << 20;

    /// <param name="context">The network's context model.</param>
    /// <param name="neighbours">Its neighbours.</param>
    /// <param name="next">Rounded latents [1, H, W, C] and their rate index.</param>
    /// <param name="maps">How many maps to look at.</param>
    internal static short[] Start(LatentContext context, IReadOnlyList<(int Dy, int Dx)> neighbours, Func<(Tensor Latent, int Rate)> next, int maps)
    {
        SafetensorsFile file = SafetensorsFile.Read(
            SafetensorsWriter.ToArray([.. WallocTensors.Entropy(context, new short[ResidualModel.Contexts])], new Dictionary<string, string>()));
        var model = new ExactLatentModel(new IntegerWeights(file, ModelWeights.EntropyPrefix), (int)context.mean_same.shape[0], neighbours);
        ResidualModel residuals = model.CreateResidualModel();
        var port = new BitWriter(new RangeEncoder(new ArrayBufferWriter<byte>()));
        for (int i = 0; i < maps; i++)
        {
            using var scope = NewDisposeScope();
            Tensor latent;
            int rate;
            using (CollectionPause.Start(BytesPerMap))
            {
                (latent, rate) = next();
            }

            short[] values = latent.clamp(-short.MaxValue, short.MaxValue).to(ScalarType.Int16).cpu().contiguous().data<short>().ToArray();
            model.Run(ref port, residuals, values, (int)latent.shape[1], (int)latent.shape[2], rate, _ => true);
        }

        return ResidualStart.Write(residuals.State);
    }
}
