-- The default for content: deterministic, on-demand, linear. Not scaled: a rare word shall not weigh like a frequent one.
CREATE MODEL IF NOT EXISTS aisle.content_${version}
OPTIONS (model_type = 'PCA', num_principal_components = ${content_width}, scale_features = FALSE) AS
SELECT dense
FROM aisle.content_terms_${version}
