namespace Aisle.GoogleCloud.Training;

/// <summary>BigQuery will not train, and trying again will not help: the message says why and what to do.</summary>
/// <param name="message">What is wrong, with the remedy.</param>
/// <param name="inner">What BigQuery said, when it was an exception.</param>
public sealed class TrainingRefusedException(string message, Exception? inner) : Exception(message, inner);
