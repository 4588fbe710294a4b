-- What a version leaves behind when it is dropped; its tables would expire by themselves, its models do not.
DROP MODEL IF EXISTS aisle.factors_${version};
DROP MODEL IF EXISTS aisle.content_${version};
DROP TABLE IF EXISTS aisle.feedback_${version};
DROP TABLE IF EXISTS aisle.user_factors_${version};
DROP TABLE IF EXISTS aisle.item_factors_${version};
DROP TABLE IF EXISTS aisle.content_terms_${version};
DROP TABLE IF EXISTS aisle.content_embeddings_${version};
DROP TABLE IF EXISTS aisle.content_profiles_${version};
DROP TABLE IF EXISTS aisle.products_${version};
DROP TABLE IF EXISTS aisle.product_shoppers_${version};
DROP TABLE IF EXISTS aisle.shopper_tiers_${version}
