using System.Buffers;

namespace Codecs.Formats.Container;

/// <summary>The LAYR payload.</summary>
internal static class LayerCodec
{
    private const int WholeShare = 1000;

    /// <summary>Reads one description.</summary>
    public static LayerDescription Read(ref ByteCursor cursor)
    {
        int track = cursor.ReadInt32("track", UnitCodec.MaxId);
        byte layer = cursor.ReadByte("layer");
        byte purpose = cursor.ReadByte("purpose");
        int scale = cursor.ReadOptionalInt32("scale denominator", UnitCodec.MaxId, 1);
        int share = cursor.ReadOptionalInt32("share", WholeShare);
        return layer <= UnitCodec.MaxLayer && scale > 0
            ? new LayerDescription { Track = track, Layer = layer, Purpose = (LayerPurpose)purpose, ScaleDenominator = scale, CumulativeShare = share }
            : throw cursor.Fault($"layer {layer} with scale denominator {scale}, expected 0 to {UnitCodec.MaxLayer} and at least 1");
    }

    /// <summary>Writes one description.</summary>
    public static void Write(IBufferWriter<byte> output, LayerDescription layer)
    {
        Throw.IfNotIn(layer.Track, 0, UnitCodec.MaxId, "track number");
        Throw.IfNotIn(layer.Layer, 0, UnitCodec.MaxLayer, "layer");
        Throw.IfNotIn(layer.ScaleDenominator, 1, UnitCodec.MaxId, "scale denominator");
        Throw.IfNotIn(layer.CumulativeShare, 0, WholeShare, "share");
        Varint.Write(output, (ulong)layer.Track);
        output.Write([(byte)layer.Layer, (byte)layer.Purpose]);
        new OptionalFields().Varint(layer.ScaleDenominator, 1).Varint(layer.CumulativeShare).WriteTo(output);
    }
}
