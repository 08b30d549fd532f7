// SPDX-License-Identifier: MIT

namespace PgCloud;

/// <summary>
///   An interval with years or months, which have no fixed length. Other intervals are a <see cref="TimeSpan"/>.
/// </summary>
#pragma warning disable CA1036 // PowerShell compares by IComparable; operators would be an invitation to compare with TimeSpan as if both were exact
public sealed class PgInterval : IComparable
#pragma warning restore CA1036
{
    // As PostgreSQL compares intervals.
    private const int DaysOfMonth = 30;

    private readonly string _text;

    internal PgInterval(string text, int months, TimeSpan time)
    {
        _text = text;
        Months = months;
        Time = time;
    }

    /// <summary>The months, twelve for each year.</summary>
    public int Months { get; }

    /// <summary>The days and what is shorter.</summary>
    public TimeSpan Time { get; }

    /// <summary>About how long it is, with months of 30 days, by which PostgreSQL compares intervals.</summary>
    public static explicit operator TimeSpan(PgInterval interval)
    {
        ArgumentNullException.ThrowIfNull(interval);
        return interval.Approximately;
    }

    private TimeSpan Approximately => TimeSpan.FromDays((long)Months * DaysOfMonth) + Time;

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        PgInterval other => Approximately.CompareTo(other.Approximately),
        TimeSpan span => Approximately.CompareTo(span),
        _ => throw new ArgumentException($"An interval cannot be compared with {obj}.", nameof(obj)),
    };

    /// <summary>The interval as PostgreSQL writes it, which it takes as a parameter too.</summary>
    public override string ToString() => _text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PgInterval other && Months == other.Months && Time == other.Time;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Months, Time);
}
