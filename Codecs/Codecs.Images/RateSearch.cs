namespace Codecs.Images;

/// <summary>One encoding during a search.</summary>
internal readonly record struct RateAttempt(ImageEncodeResult Result, double PsnrDb);

/// <summary>Bisection over the rate indices; size and quality rise with the index.</summary>
internal static class RateSearch
{
    /// <summary>The highest rate that is accepted (sizes).</summary>
    internal static RateAttempt HighestRate(int maxRate, Func<int, RateAttempt> attempt, Func<RateAttempt, bool> accepted, Func<RateAttempt, string> refusal)
    {
        RateAttempt best = attempt(0);
        if (!accepted(best))
        {
            throw new TargetUnreachableException(refusal(best));
        }

        for (int low = 0, high = maxRate + 1; high - low > 1;)
        {
            int middle = (low + high) / 2;
            RateAttempt tried = attempt(middle);
            if (accepted(tried))
            {
                (low, best) = (middle, tried);
            }
            else
            {
                high = middle;
            }
        }

        return best;
    }

    /// <summary>The lowest rate that is accepted (qualities).</summary>
    internal static RateAttempt LowestRate(int maxRate, Func<int, RateAttempt> attempt, Func<RateAttempt, bool> accepted, Func<RateAttempt, string> refusal)
    {
        RateAttempt best = attempt(maxRate);
        if (!accepted(best))
        {
            throw new TargetUnreachableException(refusal(best));
        }

        for (int low = -1, high = maxRate; high - low > 1;)
        {
            int middle = (low + high) / 2;
            RateAttempt tried = attempt(middle);
            if (accepted(tried))
            {
                (high, best) = (middle, tried);
            }
            else
            {
                low = middle;
            }
        }

        return best;
    }
}
