using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Training;

/// <summary>AdamW with two kinds of gradient clipping and an exponential moving average of the weights, all of it in the checkpoint.</summary>
/// <remarks>
/// Loshchilov and Hutter, "Decoupled weight decay regularization", 2019. Betas 0.9 and 0.99; only matrices and filters decay.
/// A rare picture can send a gradient many times the usual size into one tensor, and Adam's normalisation turns that into ten full
/// steps in its direction. So each tensor's gradient is also limited against its own running second moment.
/// </remarks>
internal sealed class Optimizer
{
    private const double Beta1 = 0.9, Beta2 = 0.99, Epsilon = 1e-8;
    private const int StepsBeforeSurprise = 50, WarmUpSteps = 300;
    private readonly (string Name, Parameter Value)[] _parameters;
    private readonly Tensor[] _first;
    private readonly Tensor[] _second;
    private readonly Tensor[] _average;
    private readonly double[] _factors;
    private readonly (string Name, Tensor Value)[] _buffers;
    private readonly bool[] _frozen;
    private long _momentsSince;

    /// <param name="network">The network; its parameters are changed in place.</param>
    /// <param name="rateOf">Factor on the learning rate of a parameter by its name; null for 1.</param>
    internal Optimizer(nn.Module network, Func<string, double>? rateOf = null)
    {
        _parameters = [.. network.named_parameters()];
        _factors = Array.ConvertAll(_parameters, p => rateOf?.Invoke(p.Name) ?? 1);
        _first = [.. _parameters.Select(p => zeros_like(p.Value).detach())];
        _second = [.. _parameters.Select(p => zeros_like(p.Value).detach())];
        _average = [.. _parameters.Select(p => p.Value.detach().clone())];
        _buffers = [.. network.named_buffers()];
        _frozen = new bool[_parameters.Length];
    }

    /// <summary>Steps taken so far.</summary>
    internal long Steps { get; set; }

    /// <summary>Largest ratio of a gradient to its running second moment, as a root mean square over a tensor; infinity where most of a tensor rarely has a gradient.</summary>
    internal double LargestSurprise { get; init; } = 2.5;

    internal double WeightDecay { get; init; } = 1e-3;

    internal double ClipNorm { get; init; } = 1;

    internal double AverageDecay { get; init; } = 0.999;

    /// <summary>Weights, moments, averages and the network's buffers by name; the tensors are live.</summary>
    internal IEnumerable<(string Name, Tensor Value)> State()
    {
        for (int i = 0; i < _parameters.Length; i++)
        {
            yield return (_parameters[i].Name, _parameters[i].Value);
            yield return ("adam1." + _parameters[i].Name, _first[i]);
            yield return ("adam2." + _parameters[i].Name, _second[i]);
            yield return ("ema." + _parameters[i].Name, _average[i]);
        }

        foreach ((string Name, Tensor Value) buffer in _buffers)
        {
            yield return buffer;
        }
    }

    /// <summary>From now on these parameters stay at their averages. Harmless to repeat.</summary>
    /// <param name="chosen">Chooses parameters by name.</param>
    internal void Freeze(Func<string, bool> chosen)
    {
        using var _ = no_grad();
        for (int i = 0; i < _parameters.Length; i++)
        {
            if (chosen(_parameters[i].Name))
            {
                _frozen[i] = true;
                _parameters[i].Value.copy_(_average[i]);
            }
        }
    }

    /// <summary>Whether these parameters stand at their averages: in a checkpoint of a training, those that were frozen.</summary>
    /// <param name="chosen">Chooses parameters by name.</param>
    internal bool AreAtAverages(Func<string, bool> chosen)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        return Enumerable.Range(0, _parameters.Length).Where(i => chosen(_parameters[i].Name)).All(i => _parameters[i].Value.eq(_average[i]).all().item<bool>());
    }

    /// <summary>Exchanges the weights with their averages; call it twice around an evaluation or an export.</summary>
    internal void SwapAverages()
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        for (int i = 0; i < _parameters.Length; i++)
        {
            Tensor weights = _parameters[i].Value.detach().clone();
            _parameters[i].Value.copy_(_average[i]);
            _average[i].copy_(weights);
        }
    }

    /// <summary>Goes back to the averages and forgets the moments: the way out of a divergence.</summary>
    internal void Restore()
    {
        using var _ = no_grad();
        for (int i = 0; i < _parameters.Length; i++)
        {
            _parameters[i].Value.copy_(_average[i]);
            _first[i].zero_();
            _second[i].zero_();
        }

        _momentsSince = Steps;
    }

    /// <summary>Clears the gradients without an update.</summary>
    internal void Skip()
    {
        foreach ((string _, Parameter value) in _parameters)
        {
            value.grad?.zero_();
        }
    }

    /// <summary>One update from the gradients that the last backward pass left; clears them.</summary>
    /// <returns>The gradient norm before clipping; the update is left out when it is not finite.</returns>
    internal double Step(double learningRate)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        double norm = nn.utils.clip_grad_norm_(_parameters.Select(p => p.Value), ClipNorm);
        if (double.IsFinite(norm))
        {
            Steps++;
            long age = Steps - _momentsSince;
            double scale = Math.Min(1, age / (double)WarmUpSteps) * learningRate * Math.Sqrt(1 - Math.Pow(Beta2, age)) / (1 - Math.Pow(Beta1, age));
            double decay = Math.Min(AverageDecay, (1.0 + Steps) / (10 + Steps));
            for (int i = 0; i < _parameters.Length; i++)
            {
                Parameter p = _parameters[i].Value;
                if (_frozen[i] || p.grad is not { } gradient)
                {
                    continue;
                }

                if (age > StepsBeforeSurprise && double.IsFinite(LargestSurprise))
                {
                    double surprise = Math.Sqrt((gradient.square() / (_second[i] + (Epsilon * Epsilon))).mean().item<float>());
                    gradient.mul_(Math.Min(1, LargestSurprise / surprise));
                }

                _first[i].mul_(Beta1).add_(gradient, 1 - Beta1);
                _second[i].mul_(Beta2).addcmul_(gradient, gradient, 1 - Beta2);
                if (p.dim() > 1)
                {
                    p.mul_(1 - (learningRate * WeightDecay));
                }

                p.addcdiv_(_first[i], _second[i].sqrt().add_(Epsilon), -scale * _factors[i]);
                _average[i].mul_(decay).add_(p, 1 - decay);
            }
        }

        Skip();
        return norm;
    }
}
