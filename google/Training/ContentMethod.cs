namespace Aisle.GoogleCloud.Training;

/// <summary>How BigQuery makes content embeddings.</summary>
public enum ContentMethod
{
    /// <summary>TF-IDF and principal components: deterministic, on-demand.</summary>
    Pca,

    /// <summary>TF-IDF and an autoencoder whose middle layer is the code: not linear, trained outside BigQuery.</summary>
    Autoencoder,

    /// <summary>A text-embedding model behind a connection: the best for words it never saw here, billed by token.</summary>
    TextModel,
}
