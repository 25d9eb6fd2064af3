namespace Codecs.Evaluation;

/// <summary>The codecs of one evaluation.</summary>
internal static class ContenderList
{
    /// <exception cref="ArgumentException">There is no codec, one has no setting, or two have the same name.</exception>
    public static void Check(IReadOnlyList<IContender> contenders)
    {
        ArgumentNullException.ThrowIfNull(contenders);
        if (contenders.Count == 0 || contenders.Any(c => c.Ladder.Count == 0) || contenders.DistinctBy(c => c.Name).Count() != contenders.Count)
        {
            throw new ArgumentException("At least one codec is needed, each with a name of its own and one setting or more.", nameof(contenders));
        }
    }
}
