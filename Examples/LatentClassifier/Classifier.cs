using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Examples.LatentClassifier;

/// <summary>A small convolutional network; the same for every kind of input but for the channels of its first layer.</summary>
internal static class Classifier
{
    private const int Batch = 64, Width = 32, Wide = 64;

    /// <summary>Trains on one view of some crops and returns the share of right answers on the same view of others.</summary>
    /// <param name="train">What is learned.</param>
    /// <param name="trainLabels">Class of each crop.</param>
    /// <param name="test">What is asked for.</param>
    /// <param name="testLabels">Its classes.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="epochs">Passes over the training crops.</param>
    /// <param name="seed">First weights and order of crops.</param>
    internal static double TrainAndTest(View train, long[] trainLabels, View test, long[] testLabels, int classes, int epochs, int seed)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(seed);
        Tensor x = Inputs(train), y = tensor(trainLabels);
        (Tensor mean, Tensor whitening) = Whitening(x);
        x = nn.functional.conv2d(x - mean, whitening);
        using Sequential network = Create(train.Channels, classes);
        using optim.Optimizer optimizer = optim.AdamW(network.parameters(), lr: 3e-3, weight_decay: 0.02);
        long batches = (x.shape[0] + Batch - 1) / Batch;
        optim.lr_scheduler.LRScheduler schedule = optim.lr_scheduler.CosineAnnealingLR(optimizer, (int)batches * epochs);
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            using Tensor order = randperm(x.shape[0]);
            foreach (Tensor chosen in order.split(Batch))
            {
                using var step = NewDisposeScope();
                optimizer.zero_grad();
                nn.functional.cross_entropy(network.forward(x[chosen]), y[chosen], label_smoothing: 0.1).backward();
                optimizer.step();
                schedule.step();
            }
        }

        network.eval();
        using var inference = inference_mode();
        Tensor answers = network.forward(nn.functional.conv2d(Inputs(test) - mean, whitening)).argmax(1);
        return answers.eq(tensor(testLabels)).to(ScalarType.Float32).mean().item<float>();
    }

    private static Tensor Inputs(View view) => tensor(view.Values).reshape(-1, view.Channels, view.Grid, view.Grid);

    // Principal components of the training inputs, each with variance 1: without it a network learns far less from neighbouring pixels.
    private static (Tensor Mean, Tensor Kernel) Whitening(Tensor x)
    {
        long channels = x.shape[1];
        Tensor mean = x.mean([0, 2, 3], keepdim: true);
        Tensor rows = (x - mean).permute(0, 2, 3, 1).reshape(-1, channels);
        (Tensor variances, Tensor components) = linalg.eigh(rows.t().mm(rows) / rows.shape[0]);
        return (mean, (components / (variances + (variances.max() * 1e-4)).sqrt()).t().reshape(channels, channels, 1, 1));
    }

    private static Sequential Create(int channels, int classes) => nn.Sequential(
        nn.Conv2d(channels, Width, 3, padding: 1), nn.BatchNorm2d(Width), nn.ReLU(),
        nn.Conv2d(Width, Wide, 3, stride: 2, padding: 1), nn.BatchNorm2d(Wide), nn.ReLU(),
        nn.Conv2d(Wide, Wide, 3, padding: 1), nn.BatchNorm2d(Wide), nn.ReLU(),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.1), nn.Linear(Wide, classes));
}
