// Runs GoogleSQL statements on the reference evaluator of ZetaSQL and prints what each answers, as JSON.
//
//   node evaluate.mjs <folder with node_modules> <job.json>
//
// job:    {"datasets": [[{"name", "columns": [{"name", "type"}], "rows": [[cell]]}]],
//          "cases": [{"name", "statement", "dataset": index or null, "parameters": [{"name", "type", "value"}]}]}
// answer: [{"name", "columns": [{"name", "type"}], "rows": [[cell]], "error": text or null}]
//
// A type is STRING, INT64, FLOAT64, BOOL, TIMESTAMP, or one that has no cells: NUMERIC, BYTES, DATE, ARRAY<…>, STRUCT<name …>.
// A cell is null, a text (STRING; INT64 in digits; TIMESTAMP as microseconds since 1970 in digits; FLOAT64 that JSON has no
// number for), a number (FLOAT64) or a truth value (BOOL). A case whose dataset is null is analyzed, not run, with what only
// BigQuery has (bigquery.mjs): it may define a table, view or model of dataset `aisle`, which later such cases then know, and
// its answer has the columns of what it defines or selects.
// The server ends with this process, and this process ends when its input does.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { bigQueryCatalog, connectionsIn, optionsOf, typesOf } from './bigquery.mjs';

const [packages, jobFile] = process.argv.slice(2);
const require = createRequire(join(resolve(packages), 'package.json'));
const { ZetaSQLClient, LanguageOptions, TypeKind } = require('@fivetrandevelopers/zetasql');
const library = dirname(require.resolve('@fivetrandevelopers/zetasql'));

function freePort() {
  return new Promise((done, failed) => {
    const probe = createServer().on('error', failed);
    probe.listen(0, 'localhost', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

function startServer(port) {
  const name = `remote_server${process.arch.startsWith('arm') ? '_arm' : ''}${process.platform === 'darwin' ? '' : '.so'}`;
  const server = spawn(join(library, 'zetasql', name), ['localhost', String(port)], { stdio: 'ignore' });
  server.on('error', fault => fail(`The evaluator did not start: ${fault.message}`));
  process.on('exit', () => server.kill('SIGKILL'));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => process.exit(1));
  }

  process.stdin.on('end', () => process.exit(1)).resume();
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

const { typeOf, nameOf } = typesOf(TypeKind);

function encode(type, cell) {
  if (cell === null) {
    return {};
  }

  switch (type) {
    case 'STRING': return { stringValue: cell };
    case 'INT64': return { int64Value: cell };
    case 'FLOAT64': return { doubleValue: Number(cell) };
    case 'BOOL': return { boolValue: cell };
    case 'TIMESTAMP': return { timestampValue: timestamp(BigInt(cell)) };
    default: throw new Error(`No cell of type ${type} is known; add it to evaluate.mjs.`);
  }
}

function timestamp(micros) {
  const rest = ((micros % 1000000n) + 1000000n) % 1000000n;
  return { seconds: ((micros - rest) / 1000000n).toString(), nanos: Number(rest) * 1000 };
}

function decode({ value, ...fields }) {
  switch (value) {
    case undefined: return null;
    case 'stringValue': return fields.stringValue;
    case 'int64Value': return fields.int64Value.toString();
    case 'doubleValue': return Number.isFinite(fields.doubleValue) ? fields.doubleValue : String(fields.doubleValue);
    case 'boolValue': return fields.boolValue;
    case 'timestampValue':
      return (BigInt(fields.timestampValue.seconds.toString()) * 1000000n + BigInt(fields.timestampValue.nanos) / 1000n).toString();
    default: throw new Error(`An answer of kind ${value} is not portable; cast it.`);
  }
}

const tableOf = (table, index) => ({
  name: table.name,
  serializationId: index + 1,
  column: table.columns.map(column => ({ name: column.name, type: typeOf(column.type) })),
});

const catalogOf = tables => ({ name: 'root', builtinFunctionOptions: { languageOptions }, table: tables.map(tableOf) });

function contentOf(tables) {
  const rows = table => table.rows.map(row => ({ cell: row.map((cell, column) => encode(table.columns[column].type, cell)) }));
  return Object.fromEntries(tables.map(table => [table.name, { tableData: { row: rows(table) } }]));
}

function optionsFor(parameters) {
  return {
    languageOptions,
    errorMessageMode: 'ERROR_MESSAGE_ONE_LINE',
    defaultTimezone: 'UTC',
    queryParameters: parameters.map(({ name, type }) => ({ name, type: typeOf(type) })),
  };
}

function call(method, request) {
  return new Promise((done, failed) =>
    ZetaSQLClient.API[method](request, (fault, response) => fault ? failed(fault) : done(response)));
}

async function evaluate({ statement, dataset, parameters }) {
  const { content, prepared } = await call('evaluateQuery', {
    sql: statement,
    options: optionsFor(parameters),
    simpleCatalog: catalogOf(datasets[dataset]),
    tableContent: contentOf(datasets[dataset]),
    params: parameters.map(({ name, type, value }) => ({ name, value: encode(type, value) })),
  });
  return {
    columns: prepared.columns.map(column => ({ name: column.name, type: nameOf(column.type) })),
    rows: (content?.tableData?.row ?? []).map(row => row.cell.map(decode)),
  };
}

async function analyze({ statement, parameters }) {
  const known = bigQueryCatalog(typeOf);
  const { resolvedStatement } = await call('analyze', {
    sqlStatement: statement,
    options: { ...optionsFor(parameters), allowedHintsAndOptions: optionsOf(statement, typeOf) },
    simpleCatalog: {
      ...catalogOf(defined.tables),
      customTvf: known.root,
      connection: connectionsIn(statement),
      catalog: [
        { name: 'aisle', table: defined.tables.map(tableOf), model: [...defined.models].map((name, id) => ({ name, id: id + 1 })) },
        ...known.catalogs,
      ],
    },
  });
  const { kind, path, columns } = definitionIn(resolvedStatement);
  if (kind === 'model') {
    defined.models.add(path.at(-1));
  } else if (path) {
    defined.tables = [...defined.tables.filter(table => table.name !== path.at(-1)), { name: path.at(-1), columns }];
  }

  return { columns, rows: [] };
}

// The tree wraps each class in its parents: the path stands in the statement's parent, the rest in the statement itself.
function definitionIn(node) {
  const found = {};
  let kind = null;
  const visit = part => {
    for (const [key, value] of Object.entries(part ?? {})) {
      if (['namePath', 'columnDefinitionList', 'outputColumnList'].includes(key) && value.length > 0) {
        found[key] ??= value;
      } else if (key === 'parent' || key.startsWith('resolvedCreate') || key === 'resolvedQueryStmtNode') {
        kind = key.startsWith('resolvedCreateModel') ? 'model' : key.startsWith('resolvedCreateIndex') ? 'index' : kind ?? (key.startsWith('resolvedCreate') ? 'table' : null);
        visit(value);
      }
    }
  };
  visit(node);
  const columns = (found.columnDefinitionList ?? found.outputColumnList ?? [])
    .map(({ name, type, column }) => ({ name, type: nameOf(type ?? column.type) }));
  return { kind, path: kind === 'table' || kind === 'model' ? found.namePath : undefined, columns };
}

async function answer(job) {
  try {
    return { name: job.name, error: null, ...await (job.dataset === null ? analyze(job) : evaluate(job)) };
  } catch (fault) {
    return { name: job.name, error: fault.details ?? fault.message, columns: [], rows: [] };
  }
}

const { datasets, cases } = JSON.parse(readFileSync(jobFile, 'utf8'));
const port = await freePort();
startServer(port);
ZetaSQLClient.init(port);
if (!await ZetaSQLClient.getInstance().testConnection()) {
  fail('The evaluator did not answer.');
}

const languageOptions = {
  ...(await new LanguageOptions().enableMaximumLanguageFeatures()).serialize(),
  productMode: 'PRODUCT_EXTERNAL',
  supportsAllStatementKinds: true,
};
languageOptions.enabledLanguageFeatures = [...languageOptions.enabledLanguageFeatures, 'FEATURE_V_1_4_REMOTE_MODEL'];
const defined = { tables: [], models: new Set() };
const answers = [];
for (const job of cases) {
  answers.push(await answer(job));
}

process.stdout.write(JSON.stringify(answers), () => process.exit(0));
