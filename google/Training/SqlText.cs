namespace Aisle.GoogleCloud.Training;

/// <summary>A statement of our own, to be written into another as it is.</summary>
/// <param name="Text">GoogleSQL.</param>
internal sealed record SqlText(string Text);
