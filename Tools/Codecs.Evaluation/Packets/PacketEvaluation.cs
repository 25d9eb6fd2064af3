using Codecs.Formats.Media;
using Codecs.Images;

namespace Codecs.Evaluation;

/// <summary>Sends pictures in packets over channels that lose some and measures what is seen at the other end.</summary>
/// <param name="codec">A codec with packets.</param>
/// <param name="quality">Its quality, 1..100.</param>
public sealed class PacketEvaluation(ImageCodec codec, double quality)
{
    /// <summary>Channels that each picture is sent over for each kind of loss.</summary>
    private const int Seeds = 2;

    private readonly ImagePackets _packets = codec.Packets ?? throw new ArgumentException("The codec has no packets.", nameof(codec));

    /// <summary>The channels: no loss, then 5 to 50 % independently and in bursts of two.</summary>
    internal static IReadOnlyList<PacketChannel> Channels { get; } =
    [
        new(),
        .. from burst in (double?[])[null, 2]
           from loss in (double[])[0.05, 0.1, 0.2, 0.3, 0.5]
           select new PacketChannel { Loss = loss, MeanBurst = burst },
    ];

    /// <summary>Measures every method on every channel with every picture.</summary>
    /// <param name="dataSet">What to call the pictures together.</param>
    /// <param name="files">Picture files.</param>
    /// <param name="progress">Receives what is being measured and how much of all is done.</param>
    /// <param name="warn">Receives a sentence for each picture that is skipped.</param>
    /// <param name="cancellation">Stops between measurements.</param>
    /// <exception cref="MediaException">Not one picture could be measured.</exception>
    public PacketEvaluationResult Run(
        string dataSet, IReadOnlyList<string> files, IProgress<CodecProgress>? progress = null, Action<string>? warn = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        var samples = new Dictionary<(PacketChannel, PacketMethod), List<PacketSample>>();
        var pictures = new List<string>();
        var skipped = new List<SkippedFile>();
        for (int f = 0; f < files.Count; f++)
        {
            string name = Path.GetFileName(files[f]);
            try
            {
                Add(PictureMeter.Prepare(ImageFile.Read(files[f]).Image), (ulong)f * Seeds, samples, (done, all) => progress?.Report(new CodecProgress(name, (f * all) + done, files.Count * all)), cancellation);
                pictures.Add(name);
            }
            catch (CodecException error) when (error is not ModelMismatchException)
            {
                skipped.Add(new SkippedFile(name, error.Message));
                warn?.Invoke($"{name} is skipped: {error.Message}");
            }
        }

        return pictures.Count == 0
            ? throw new MediaException($"None of the {files.Count} pictures could be measured; the first: {skipped.FirstOrDefault()?.Reason}")
            : new PacketEvaluationResult
            {
                DataSet = dataSet,
                Created = DateTimeOffset.UtcNow,
                Software = RunStamp.Software,
                Codec = codec.Name,
                Quality = quality,
                MaxPacketBytes = PacketOptions.Default.MaxBytes,
                Seeds = Seeds,
                Pictures = pictures,
                Skipped = skipped,
                Points = [.. from channel in Channels from method in PacketMethod.All where IsNeeded(channel, method) select Point(channel, method, samples[(channel, method)])],
            };
    }

    // Where nothing is lost, what would be shown for it makes no difference.
    private static bool IsNeeded(PacketChannel channel, PacketMethod method) => channel.Loss > 0 || method.Concealment == LossConcealment.Predict;

    private static PacketPoint Point(PacketChannel channel, PacketMethod method, List<PacketSample> samples)
    {
        PictureMeasurement[] quality = [.. samples.Select(s => s.Quality)];
        double guessed = samples.Sum(s => s.Guessed);
        return new PacketPoint(
            channel.Loss,
            channel.MeanBurst,
            method.Name,
            quality.Average(q => q.Bytes),
            samples.Average(s => s.Lost),
            guessed / samples.Sum(s => s.Sites),
            guessed > 0 ? 1 - (samples.Sum(s => s.Wrong) / guessed) : null,
            quality.Average(q => q.MsSsim),
            PictureScores.Mean(quality));
    }

    // Only when all of a picture was measured it becomes part of the means.
    private void Add(
        Image original, ulong firstSeed, Dictionary<(PacketChannel, PacketMethod), List<PacketSample>> samples, Action<int, int> report, CancellationToken cancellation)
    {
        IReadOnlyList<ReadOnlyMemory<byte>> plain = _packets.Encode(original, new ImageEncoderOptions { Quality = quality }, cancellation: cancellation);
        var encoder = new ImageEncoderOptions { TargetBytes = plain.Sum(p => (long)p.Length) };
        var sent = PacketMethod.All.GroupBy(m => m.Protection).ToDictionary(
            g => g.Key, g => g.Key == 0 ? plain : _packets.Encode(original, encoder, new PacketOptions { Protection = g.Key }, cancellation: cancellation));
        var whole = sent.ToDictionary(s => s.Key, s => _packets.Decode(s.Value, cancellation: cancellation));
        var found = new List<((PacketChannel, PacketMethod) Key, PacketSample Sample)>();
        (PacketChannel Channel, PacketMethod Method)[] steps = [.. from channel in Channels from method in PacketMethod.All where IsNeeded(channel, method) select (channel, method)];
        for (int s = 0; s < steps.Length; s++)
        {
            (PacketChannel channel, PacketMethod method) = steps[s];
            report(s, steps.Length);
            for (ulong seed = 0; seed < (channel.Loss > 0 ? Seeds : 1u); seed++)
            {
                cancellation.ThrowIfCancellationRequested();
                found.Add(((channel, method), Measure(original, sent[method.Protection], whole[method.Protection], channel, firstSeed + seed, method.Concealment, cancellation)));
            }
        }

        foreach (((PacketChannel, PacketMethod) key, PacketSample sample) in found)
        {
            if (!samples.TryGetValue(key, out List<PacketSample>? all))
            {
                samples.Add(key, all = []);
            }

            all.Add(sample);
        }
    }

    private PacketSample Measure(
        Image original, IReadOnlyList<ReadOnlyMemory<byte>> sent, PacketDecodeResult whole, PacketChannel channel, ulong seed, LossConcealment concealment,
        CancellationToken cancellation)
    {
        IReadOnlyList<ReadOnlyMemory<byte>> arrived = channel.Send(sent, seed);
        double lost = 1 - ((double)arrived.Count / sent.Count);
        int sites = whole.Indices.Count;
        PacketDecodeResult decoded;
        try
        {
            decoded = _packets.Decode(arrived, concealment, cancellation: cancellation);
        }
        catch (InvalidBitstreamException)
        {
            // Nothing arrived: a viewer shows grey.
            var grey = new Image(original.Width, original.Height, ImageLayout.Rgb);
            grey.Pixels.Span.Fill(128);
            return new PacketSample(lost, sites, sites, sites, Compare(grey));
        }

        int wrong = whole.Indices.Zip(decoded.Indices).Count(pair => pair.First != pair.Second);
        return new PacketSample(lost, sites, decoded.SitesGuessed, wrong, Compare(decoded.Image));

        PictureMeasurement Compare(Image picture) => PictureMeter.Compare(original, picture, sent.Sum(p => (long)p.Length), TimeSpan.Zero, TimeSpan.Zero);
    }
}
