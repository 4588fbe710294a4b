-- Non-linear content. The middle layer is the code; TANH, because a RELU bottleneck dies. Its basis changes with each training: never mix versions.
CREATE MODEL IF NOT EXISTS aisle.content_${version}
OPTIONS (
  model_type = 'AUTOENCODER',
  hidden_units = [256, 128, ${content_width}, 128, 256],
  activation_fn = 'TANH',
  dropout = 0.1,
  l1_reg_activation = 0.0,
  max_iterations = ${iterations}
) AS
SELECT sparse
FROM aisle.content_terms_${version}
