// What BigQuery has beyond GoogleSQL: names of types, options of tables and models, and the functions of BigQuery ML and vector search.

// Types by name, both ways.
export function typesOf(TypeKind) {
  const kinds = {
    STRING: TypeKind.TYPE_STRING, INT64: TypeKind.TYPE_INT64, FLOAT64: TypeKind.TYPE_DOUBLE, BOOL: TypeKind.TYPE_BOOL,
    TIMESTAMP: TypeKind.TYPE_TIMESTAMP, NUMERIC: TypeKind.TYPE_NUMERIC, BYTES: TypeKind.TYPE_BYTES, DATE: TypeKind.TYPE_DATE,
  };

  function typeOf(name) {
    if (name.startsWith('ARRAY<')) {
      return { typeKind: TypeKind.TYPE_ARRAY, arrayType: { elementType: typeOf(name.slice('ARRAY<'.length, -1)) } };
    }

    if (name.startsWith('STRUCT<')) {
      const field = fieldsOf(name.slice('STRUCT<'.length, -1)).map(text => {
        const space = text.indexOf(' ');
        return { fieldName: text.slice(0, space), fieldType: typeOf(text.slice(space + 1)) };
      });
      return { typeKind: TypeKind.TYPE_STRUCT, structType: { field } };
    }

    if (!(name in kinds)) {
      throw new Error(`No type ${name} is known; add it to bigquery.mjs.`);
    }

    return { typeKind: kinds[name] };
  }

  function nameOf({ typeKind, arrayType, structType }) {
    if (arrayType?.elementType) {
      return `ARRAY<${nameOf(arrayType.elementType)}>`;
    }

    if (structType?.field) {
      return `STRUCT<${structType.field.map(({ fieldName, fieldType }) => `${fieldName} ${nameOf(fieldType)}`).join(', ')}>`;
    }

    return Object.keys(kinds).find(name => kinds[name] === typeKind) ?? `kind ${typeKind}, which is not portable`;
  }

  return { typeOf, nameOf };
}

// Splits at the commas that stand in no inner type.
function fieldsOf(text) {
  const fields = [''];
  let depth = 0;
  for (const letter of text) {
    depth += letter === '<' ? 1 : letter === '>' ? -1 : 0;
    if (letter === ',' && depth === 0) {
      fields.push('');
    } else {
      fields[fields.length - 1] += letter;
    }
  }

  return fields.map(field => field.trim());
}

// Options as BigQuery's pages list them; those of other kinds, and misspelt ones, are refused.
const tableOptions = {
  description: 'STRING', partition_expiration_days: 'FLOAT64', require_partition_filter: 'BOOL', expiration_timestamp: 'TIMESTAMP',
  labels: 'ARRAY<STRUCT<key STRING, value STRING>>',
};
const indexOptions = { index_type: 'STRING', distance_type: 'STRING', ivf_options: 'STRING', tree_ah_options: 'STRING' };
const modelOptions = {
  MATRIX_FACTORIZATION: {
    model_type: 'STRING', feedback_type: 'STRING', num_factors: 'INT64', user_col: 'STRING', item_col: 'STRING', rating_col: 'STRING',
    wals_alpha: 'FLOAT64', l2_reg: 'FLOAT64', max_iterations: 'INT64', early_stop: 'BOOL', min_rel_progress: 'FLOAT64',
    data_split_method: 'STRING', data_split_eval_fraction: 'FLOAT64', data_split_col: 'STRING',
  },
  PCA: {
    model_type: 'STRING', num_principal_components: 'INT64', pca_explained_variance_ratio: 'FLOAT64', scale_features: 'BOOL', pca_solver: 'STRING',
  },
  AUTOENCODER: {
    model_type: 'STRING', activation_fn: 'STRING', hidden_units: 'ARRAY<INT64>', dropout: 'FLOAT64', l1_reg_activation: 'FLOAT64',
    learn_rate: 'FLOAT64', optimizer: 'STRING', batch_size: 'INT64', max_iterations: 'INT64', early_stop: 'BOOL', min_rel_progress: 'FLOAT64',
    warm_start: 'BOOL', tf_version: 'STRING',
  },
};
const remoteOptions = { endpoint: 'STRING' };
const alterModelOptions = {
  vertex_ai_model_id: 'STRING', expiration_timestamp: 'TIMESTAMP', kms_key_name: 'STRING', description: 'STRING', labels: tableOptions.labels,
};
const exportOptions = { uri: 'STRING', format: 'STRING', compression: 'STRING', overwrite: 'BOOL' };

export function optionsOf(statement, typeOf) {
  const text = statement.replace(/^(\s*--[^\n]*\n)+/, '');
  const model = /model_type\s*=\s*'(\w+)'/i.exec(text)?.[1];
  const options = !/^CREATE (OR REPLACE )?MODEL/.test(text)
    ? /^CREATE (OR REPLACE )?VECTOR/.test(text) ? indexOptions : /^EXPORT/.test(text) ? exportOptions : /^ALTER MODEL/.test(text) ? alterModelOptions : tableOptions
    : / REMOTE WITH CONNECTION/.test(text.replace(/\s+/g, ' ')) ? remoteOptions : modelOptions[model] ?? {};
  return { disallowUnknownOptions: true, option: Object.entries(options).map(([name, type]) => ({ name, type: typeOf(type) })) };
}

// Connections are made outside SQL: whichever a statement names is taken to be there.
export const connectionsIn = statement => [...statement.matchAll(/WITH CONNECTION `([^`]+)`/g)].map(([, name]) => ({ name }));

// The functions that ZetaSQL does not know, with the columns that BigQuery gives for our models.
export function bigQueryCatalog(typeOf) {
  const result = columns => ({
    kind: 'ARG_TYPE_RELATION',
    options: { relationInputSchema: { column: Object.entries(columns).map(([name, type]) => ({ name, type: typeOf(type) })) } },
    numOccurrences: 1,
  });
  const model = { kind: 'ARG_TYPE_MODEL', numOccurrences: 1 };
  const relation = { kind: 'ARG_TYPE_RELATION', numOccurrences: 1 };
  const optional = argument => ({ ...argument, options: { cardinality: 'OPTIONAL' }, numOccurrences: 0 });
  const fixed = (type, options = {}) => ({ kind: 'ARG_TYPE_FIXED', type: typeOf(type), options, numOccurrences: 1 });
  const named = (name, type) => ({ ...fixed(type, { cardinality: 'OPTIONAL', argumentName: name, argumentNameIsMandatory: true }), numOccurrences: 0 });
  const tvf = (path, argument, columns) =>
    ({ namePath: path, type: 'FIXED_OUTPUT_SCHEMA_TVF', signature: { argument, returnType: result(columns) } });
  const vectors = 'ARRAY<FLOAT64>';

  const search = tvf(
    ['VECTOR_SEARCH'],
    [
      relation, fixed('STRING'), relation,
      named('query_column_to_search', 'STRING'), named('top_k', 'INT64'), named('distance_type', 'STRING'), named('options', 'STRING'),
    ],
    { query: `STRUCT<user_id STRING, embedding ${vectors}>`, base: `STRUCT<product_id STRING, embedding ${vectors}>`, distance: 'FLOAT64' });
  const ml = [
    tvf(['WEIGHTS'], [model], {
      processed_input: 'STRING', feature: 'STRING', factor_weights: 'ARRAY<STRUCT<factor INT64, weight FLOAT64>>', intercept: 'FLOAT64',
    }),
    tvf(['RECOMMEND'], [model, optional(relation)], {
      user_id: 'STRING', product_id: 'STRING', predicted_interaction_score_confidence: 'FLOAT64',
    }),
    tvf(['EVALUATE'], [model, optional(relation)], {
      mean_average_precision: 'FLOAT64', mean_squared_error: 'FLOAT64', normalized_discounted_cumulative_gain: 'FLOAT64', average_rank: 'FLOAT64',
    }),
  ];
  const ai = [
    tvf(
      ['GENERATE_EMBEDDING'],
      [model, relation, { ...fixed('STRUCT<task_type STRING, output_dimensionality INT64>', { cardinality: 'OPTIONAL' }), numOccurrences: 0 }],
      { product_id: 'STRING', embedding: vectors, status: 'STRING' }),
  ];
  const tfIdf = {
    namePath: ['TF_IDF'],
    group: 'BigQuery',
    mode: 'ANALYTIC',
    options: { supportsOverClause: true, windowOrderingSupport: 'ORDER_UNSUPPORTED', supportsWindowFraming: false },
    signature: [{
      argument: [fixed('ARRAY<STRING>'), fixed('INT64'), fixed('INT64')],
      returnType: fixed('ARRAY<STRUCT<index INT64, value FLOAT64>>'),
    }],
  };
  return {
    root: [search],
    catalogs: [{ name: 'ML', customTvf: ml, customFunction: [tfIdf] }, { name: 'AI', customTvf: ai }],
  };
}
