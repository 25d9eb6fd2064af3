namespace Codecs.Formats.Container;

/// <summary>Lists units in file order and finds from the counts in SEGM and END how many are gone.</summary>
internal sealed class UnitLedger
{
    private readonly List<UnitReport> _reports = [];

    // Everything from here on came after the last count, which was _base.
    private int _start;
    private long _base;
    private int _gap = -1;

    /// <summary>The fate of all units.</summary>
    public IReadOnlyList<UnitReport> Reports => _reports;

    /// <summary>Adds a unit that was found, good or not.</summary>
    public void Add(UnitReport report)
    {
        report.Ordinal = _base + _reports.Count - _start;
        _reports.Add(report);
    }

    /// <summary>Bytes were lost here, and with them any number of units.</summary>
    public void MarkLoss() => _gap = _reports.Count;

    /// <summary>The file says how many units lie before this place.</summary>
    public void Count(long units)
    {
        long found = _reports.Count - _start;
        long gone = units - _base - found;

        if (gone < 0)
        {
            // Some of the chunks taken for damaged units were none.
            List<UnitReport> kept = _reports[_start..].FindAll(r => !r.IsGuess || gone++ >= 0);
            _reports.RemoveRange(_start, _reports.Count - _start);
            _reports.AddRange(kept);
        }
        else if (gone > 0)
        {
            _reports.Insert(Math.Min(_gap < 0 ? _reports.Count : _gap, _reports.Count), new UnitReport { Status = UnitStatus.Missing, Count = gone });
        }

        // A count below what was found contradicts the file; the units prove more than it does.
        Renumber();
        _base = Math.Max(units, _base + _reports.Count - _start);
        _start = _reports.Count;
        _gap = -1;
    }

    private void Renumber()
    {
        long ordinal = _base;
        for (int i = _start; i < _reports.Count; i++)
        {
            _reports[i].Ordinal = ordinal;
            ordinal += _reports[i].Count;
        }
    }
}
