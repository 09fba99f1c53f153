// Parses each YAML file below a folder once with the `yaml` package: what any linter built on it pays at least.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

for (const entry of readdirSync(process.argv[2], { recursive: true, withFileTypes: true })) {
  if (entry.isFile()) parseAllDocuments(readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}
