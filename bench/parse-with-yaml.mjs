// Parses each YAML file below a folder once with the `yaml` package: the minimal cost of any linter based on it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

for (const entry of readdirSync(process.argv[2], { recursive: true, withFileTypes: true })) {
  if (entry.isFile()) parseAllDocuments(readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}
