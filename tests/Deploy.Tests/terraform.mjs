// Prints the Terraform files of a folder as one JSON object by file name, read by HashiCorp's own parser (compiled to WebAssembly).
//
//   node terraform.mjs <folder with node_modules> <folder with *.tf>
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const [packages, folder] = process.argv.slice(2);
const { parse } = createRequire(join(resolve(packages), 'package.json'))('@cdktf/hcl2json');
const files = {};
for (const name of readdirSync(folder).filter(file => file.endsWith('.tf')).sort()) {
  files[name] = await parse(name, readFileSync(join(folder, name), 'utf8'));
}

process.stdout.write(JSON.stringify(files), () => process.exit(0));
