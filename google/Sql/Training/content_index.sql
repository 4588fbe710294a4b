-- Unit vectors: the dot product is the cosine.
CREATE VECTOR INDEX IF NOT EXISTS content_index_${version}
ON aisle.content_embeddings_${version}(embedding)
OPTIONS (index_type = 'TREE_AH', distance_type = 'DOT_PRODUCT', tree_ah_options = '{"leaf_node_embedding_count":1000,"normalization_type":"NONE"}')
