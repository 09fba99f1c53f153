import { posix } from 'node:path';
import { configNames } from '../config/find-config.ts';
import { UsageError } from '../config/usage-error.ts';
import type { Terminal } from './terminal.ts';
import { writeOutput } from './write-output.ts';

const name = 'migrate-lint.yaml';

const settings = `# yaml-language-server: $schema=./node_modules/migrate-lint/schemas/config.schema.json
# Settings of migrate-lint for this folder and all below it. Everything may be left out.

# Which rules are on: recommended, or strict for all.
# preset: recommended

# The severity of single rules: error, warning, info or off. \`migrate-lint rules\` lists them.
# rules:
#   job-backoff-limit: warning

# The same for the findings in some files and folders.
# overrides:
#   - paths: [overlays/preview]
#     rules: { job-backoff-limit: off }

# The least severity that makes the exit code 1: error, warning, info or never.
# failOn: error

# Who applies the result, where it cannot be read off the tree: flux, kubectl or argocd.
# applier: flux

# The kustomize whose behaviour the build follows: 5.7 (kubectl 1.34, 1.35) or 5.8 (kubectl 1.36, Flux 2.8).
# kustomize: "5.8"

# Whether kustomizations may read files outside their folders, as under Flux: root-only or none.
# loadRestrictor: root-only

# Jobs that are migrations though nothing else shows it.
# migrations:
#   jobs: ["*-db-setup"]

# Folders of Flux sources that this repository holds (the command takes others), and variables that Flux substitutes and
# the tree does not say.
# sources:
#   infrastructure: vendor/infrastructure
# variables:
#   CLUSTER_NAME: production

# What kustomizations name by a URL, fetched beforehand; docs/trees.md tells how the folder is laid out.
# remoteCache: vendor/remote

# Findings that are known and left out for now: a file that --write-baseline writes.
# baseline: migrate-lint-baseline.json

# What is left out when folders are searched.
# ignore: ["**/testdata/**"]
`;

/** Writes a settings file that explains itself into the working directory. Throws a UsageError where there is one already. */
export function initCommand(terminal: Terminal): number {
  const { directory, fileSystem, out } = terminal;
  const present = configNames.find((each) => fileSystem.stat(posix.join(directory, each)) !== undefined);
  if (present !== undefined) throw new UsageError(`There is a ${present} here already.`);
  writeOutput('The settings', posix.join(directory, name), settings, terminal);
  out.write(`Wrote ${name}, with every setting explained and none changed.\n`);
  return 0;
}
