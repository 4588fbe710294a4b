-- A text-embedding model behind a connection, whose service account needs the role roles/aiplatform.user.
CREATE MODEL IF NOT EXISTS aisle.content_${version}
REMOTE WITH CONNECTION `${connection}`
OPTIONS (endpoint = '${text_endpoint}')
