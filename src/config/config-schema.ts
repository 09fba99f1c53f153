import { dialects } from '../kustomize/dialect.ts';
import type { RuleDescription } from '../lint/rule-description.ts';
import {
  appliers,
  failureThresholds,
  kustomizeLoadRestrictors,
  loadRestrictors,
  presets,
  ruleLevels,
} from './config.ts';

/**
 * The JSON Schema of the settings file. `scripts/generate-config-schema.mjs` generates schemas/config.schema.json and the
 * validator next to this module from it, so the command loads neither this module nor ajv.
 */
export function configSchema(rules: readonly RuleDescription[]): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'migrate-lint settings',
    description: 'migrate-lint.yaml: how migrate-lint builds and lints the trees in and below its folder.',
    type: 'object',
    additionalProperties: false,
    definitions: {
      level: { enum: [...ruleLevels] },
      levels: levelsSchema(rules),
    },
    properties: {
      preset: {
        description:
          'Which rules are on: `recommended` (the default), or `strict` for all of them. `rules` overrides it rule by rule.',
        enum: [...presets],
      },
      rules: {
        description: 'The severity of each rule, or `off`. A rule that is not listed keeps its default.',
        $ref: '#/definitions/levels',
      },
      overrides: {
        description: 'Severities for the findings in certain files. They override `rules`; the last match wins.',
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['paths', 'rules'],
          properties: {
            paths: {
              description: 'Globs of files, or of folders with everything below them, relative to this file.',
              type: 'array',
              items: { type: 'string' },
            },
            rules: { $ref: '#/definitions/levels' },
          },
        },
      },
      applier: {
        description: 'What applies the result to the cluster, if the tree does not show it.',
        enum: [...appliers],
      },
      kustomize: {
        description:
          'The kustomize version to build like: 5.7 (kubectl 1.34 and 1.35), 5.8 (kubectl 1.36 and 1.37, Flux since 2.8) or 5.8.2 (kustomize 5.8.2 and 5.8.3).',
        enum: [...dialects, ...dialects.map(Number).filter((number) => !Number.isNaN(number))],
      },
      loadRestrictor: {
        description:
          'Whether kustomizations may read files outside their folders: `root-only` (no), `none` (yes, as Flux does).',
        enum: [...loadRestrictors, ...Object.keys(kustomizeLoadRestrictors)],
      },
      remoteCache: {
        description: 'The folder, relative to this file, to read remote bases and files from. You fill it yourself.',
        type: 'string',
      },
      failOn: {
        description: 'The lowest severity that makes the exit code 1. Default: error.',
        enum: [...failureThresholds],
      },
      sources: {
        description:
          'Local folders, relative to this file, of Flux sources other than this repository. The key is `NAME`, `NAMESPACE/NAME` or `KIND/NAME` of the source.',
        type: 'object',
        additionalProperties: { type: 'string' },
      },
      variables: {
        description:
          'Values of Flux variables that the tree does not set. A variable without a value is set to something unknown.',
        type: 'object',
        additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
      },
      strictSubstitution: {
        description: 'Fail on variables that nothing sets, as Flux does since 2.9. Default: false (they are empty).',
        type: 'boolean',
      },
      baseline: {
        description: 'A file, relative to this one, with findings not to report. `--write-baseline` writes it.',
        type: 'string',
      },
      ignore: {
        description: 'Globs, relative to this file, of folders and files to skip when folders are searched.',
        type: 'array',
        items: { type: 'string' },
      },
      migrations: {
        description: 'Which Jobs migrate a database.',
        type: 'object',
        additionalProperties: false,
        properties: {
          jobs: {
            description: 'Names of Jobs, as in the files or as built. `*` matches any text.',
            type: 'array',
            items: { type: 'string' },
          },
        },
      },
    },
  };
}

function levelsSchema(rules: readonly RuleDescription[]): object {
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      rules.map(({ id, severity, strict, docs }) => [
        id,
        {
          description: `${docs.summary}. Default: ${strict ? `off, ${severity} with the preset strict` : severity}.`,
          $ref: '#/definitions/level',
        },
      ]),
    ),
  };
}
