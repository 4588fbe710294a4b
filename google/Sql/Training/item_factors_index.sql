-- For searches of thousands of shoppers at once. It is built behind the scenes; until then VECTOR_SEARCH looks at all products.
CREATE VECTOR INDEX IF NOT EXISTS item_factors_index_${version}
ON aisle.item_factors_${version}(embedding)
OPTIONS (index_type = 'TREE_AH', distance_type = 'DOT_PRODUCT', tree_ah_options = '{"leaf_node_embedding_count":1000,"normalization_type":"NONE"}')
