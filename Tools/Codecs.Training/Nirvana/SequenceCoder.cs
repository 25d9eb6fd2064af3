using Codecs.Models.Exact;
using Codecs.Models.Nirvana;
using Codecs.Video.Nirvana;

namespace Codecs.Training.Nirvana;

/// <summary>Codes a sequence as the encoder would, for its networks to see what they are asked.</summary>
/// <param name="networks">The networks.</param>
/// <param name="tables">Their tables.</param>
/// <param name="random">Draws how much coarser pictures become down the hierarchy, which pictures there are, and whether patches may be skipped.</param>
/// <param name="samples">Receives what the networks saw; may be null.</param>
internal sealed class SequenceCoder(SplitNetworks networks, LaplaceTables tables, Random random, ISampleSink? samples)
{
    private const double GreyLevel = 32; // in units of decoded samples
    private readonly List<CodedPicture> _pictures = [];

    /// <summary>Codes key picture, anchor, the picture in the middle, and some of those in the middle of halves.</summary>
    internal List<CodedPicture> Run(TrainingSequence sequence)
    {
        (int rate, int distance) = (sequence.RateIndex, sequence.Distance);
        DecodedPicture key = Code(sequence, NirvanaClipCodec.KeyKind(sequence.Format), 0, rate, default);
        if (distance > 0)
        {
            DecodedPicture anchor = Code(sequence, PictureKind.Anchor, distance, rate + random.Next(5), new PictureSources(key, Distance: distance));
            if (distance > 1)
            {
                CodeBetween(sequence, key, anchor);
            }
        }

        return _pictures;
    }

    private void CodeBetween(TrainingSequence sequence, DecodedPicture key, DecodedPicture anchor)
    {
        (int rate, int distance) = (sequence.RateIndex, sequence.Distance);
        DecodedPicture middle = Code(sequence, PictureKind.Between, distance / 2, rate + random.Next(2, 7), new PictureSources(key, anchor, distance));
        if (distance >= 4 && random.Next(2) == 0)
        {
            Code(sequence, PictureKind.Between, distance / 4, rate + random.Next(3, 9), new PictureSources(key, middle, distance / 2));
        }

        if (distance >= 4 && random.Next(2) == 0)
        {
            Code(sequence, PictureKind.Between, 3 * distance / 4, rate + random.Next(3, 9), new PictureSources(middle, anchor, distance / 2));
        }
    }

    private DecodedPicture Code(TrainingSequence sequence, PictureKind kind, int time, int rate, PictureSources sources)
    {
        rate = Math.Min(rate, QuantizerSteps.MaxIndex);
        PictureShape shape = FramePlanes.ShapeOf(sequence.Format);
        Grid[] source = FramePlanes.FromFrame(sequence.Frame(time));
        var planes = new PyramidCoder(networks, tables);
        PictureDraft draft = new PictureEncoder(shape, planes, tables).Draft(kind, source, rate, sources);

        // Skipped patches are the easy ones: networks must not forget those.
        if (random.Next(2) == 0)
        {
            draft = draft with { Skipped = null };
        }

        planes.Samples = samples;
        var tally = new BitTally();
        var port = new SymbolCounter(tables, tally);
        DecodedPicture decoded = new PictureSyntax(shape, planes).Run(kind, rate, sources, draft, ref port);
        _pictures.Add(new CodedPicture(kind, tally.Bits / (shape.Width * shape.Height), MeanSquare(source[0], decoded.Planes[0])));
        return decoded;
    }

    private static double MeanSquare(Grid a, Grid b)
    {
        double sum = 0;
        for (int y = 0; y < a.Height; y++)
        {
            ReadOnlySpan<short> left = a.Row(y), right = b.Row(y);
            for (int x = 0; x < left.Length; x++)
            {
                double difference = (left[x] - right[x]) / GreyLevel;
                sum += difference * difference;
            }
        }

        return sum / (a.Width * a.Height);
    }
}

/// <summary>What a picture took.</summary>
/// <param name="Kind">How it was predicted.</param>
/// <param name="BitsPerPixel">Bits, motion included, over the pixels of luma.</param>
/// <param name="LumaError">Mean squared error of luma in grey levels of 8 bits.</param>
internal readonly record struct CodedPicture(PictureKind Kind, double BitsPerPixel, double LumaError);
