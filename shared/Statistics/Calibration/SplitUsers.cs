namespace Aisle.Statistics.Calibration;

/// <summary>Divides all users into two arms by chance, as a new experiment would: by hash with a salt of its own.
/// Called from several threads.</summary>
/// <param name="salt">Which of the splits, from 0; the same salt gives the same arms.</param>
/// <param name="isTreatment">By user; every element must be written.</param>
public delegate void SplitUsers(int salt, Span<bool> isTreatment);
