import { posix } from 'node:path';
import { configNames } from '../../config/find-config.ts';
import { UsageError } from '../../usage-error.ts';
import { writeOutput } from '../output/write-output.ts';
import type { Terminal } from '../terminal.ts';

const name = 'migrate-lint.yaml';

const settings = `# yaml-language-server: $schema=./node_modules/migrate-lint/schemas/config.schema.json
# migrate-lint settings for this folder and everything below it. Every setting is optional.

# Which rules are on: recommended, or strict for all rules.
# preset: recommended

# The severity of individual rules: error, warning, info or off. \`migrate-lint rules\` lists them.
# rules:
#   job-backoff-limit: warning

# Severities for the findings in certain files and folders.
# overrides:
#   - paths: [overlays/preview]
#     rules: { job-backoff-limit: off }

# The lowest severity that makes the exit code 1: error, warning, info or never.
# failOn: error

# What applies the result, if the tree does not show it: flux, kubectl or argocd.
# applier: flux

# The kustomize version to build like: 5.7 (kubectl 1.34, 1.35), 5.8 (kubectl 1.36, 1.37, Flux since 2.8) or 5.8.2
# (kustomize 5.8.2, 5.8.3).
# kustomize: "5.8"

# Whether kustomizations may read files outside their folders, as under Flux: root-only or none.
# loadRestrictor: root-only

# Jobs that are migrations although nothing else identifies them.
# migrations:
#   jobs: ["*-db-setup"]

# Flux sources that are in this repository (use --source for others), and Flux variables that the tree does not set.
# sources:
#   infrastructure: vendor/infrastructure
# variables:
#   CLUSTER_NAME: production

# Remote bases and files, fetched beforehand; docs/trees.md describes the layout of the folder.
# remoteCache: vendor/remote

# Known findings that are not reported for now; --write-baseline writes this file.
# baseline: migrate-lint-baseline.json

# Files and folders to skip when searching for things to lint.
# ignore: ["**/testdata/**"]
`;

/** Writes a commented settings file into the working directory. Throws a UsageError if there is one already. */
export function initCommand(terminal: Terminal): number {
  const { directory, fileSystem, out } = terminal;
  const present = configNames.find((each) => fileSystem.stat(posix.join(directory, each)) !== undefined);
  if (present !== undefined) throw new UsageError(`${present} already exists here.`);
  writeOutput('The settings', posix.join(directory, name), settings, terminal);
  out.write(`Wrote ${name}: every setting is explained and commented out.\n`);
  return 0;
}
