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
 * The JSON Schema of the settings file. The file under schemas/ and the validator beside this module are generated
 * from it (`scripts/generate-config-schema.mjs`), so the command itself loads neither this nor ajv.
 */
export function configSchema(rules: readonly RuleDescription[]): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'migrate-lint settings',
    description: 'migrate-lint.yaml: how migrate-lint builds and judges the trees in and below its folder.',
    type: 'object',
    additionalProperties: false,
    definitions: {
      level: { enum: [...ruleLevels] },
      levels: levelsSchema(rules),
    },
    properties: {
      preset: {
        description:
          'Which rules are on: `recommended` (the default), or `strict` for all. `rules` goes over it, rule by rule.',
        enum: [...presets],
      },
      rules: {
        description: 'The severity of each rule, or `off`. A rule that is not listed keeps its own.',
        $ref: '#/definitions/levels',
      },
      overrides: {
        description: 'Severities for the findings in some files, over those of `rules`; of several the last counts.',
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['paths', 'rules'],
          properties: {
            paths: {
              description: 'Globs, relative to this file, of files, and of folders with all below them.',
              type: 'array',
              items: { type: 'string' },
            },
            rules: { $ref: '#/definitions/levels' },
          },
        },
      },
      applier: {
        description: 'Who applies the result to the cluster, where it cannot be read off the tree.',
        enum: [...appliers],
      },
      kustomize: {
        description:
          'The kustomize whose behaviour the build follows: 5.7 (kubectl 1.34 and 1.35) or 5.8 (kubectl 1.36, Flux 2.8).',
        enum: [...dialects, ...dialects.map(Number)],
      },
      loadRestrictor: {
        description:
          'Whether kustomizations may read files outside their folders: `root-only` (no), `none` (yes, as Flux does).',
        enum: [...loadRestrictors, ...Object.keys(kustomizeLoadRestrictors)],
      },
      remoteCache: {
        description: 'The folder, relative to this file, that remote bases and files are taken from; you fill it.',
        type: 'string',
      },
      failOn: {
        description: 'The least severity that makes the exit code 1. Default: error.',
        enum: [...failureThresholds],
      },
      sources: {
        description:
          'Folders, relative to this file, of Flux sources that are not this repository, by the name of the source: `NAME`, `NAMESPACE/NAME` or `KIND/NAME`.',
        type: 'object',
        additionalProperties: { type: 'string' },
      },
      variables: {
        description:
          'Values of variables that Flux substitutes and the tree does not say. Without a value: it is set, to something that is not known.',
        type: 'object',
        additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
      },
      strictSubstitution: {
        description: 'Refuse variables that nothing sets, as Flux does from 2.9. Default: false, they are empty.',
        type: 'boolean',
      },
      baseline: {
        description: 'A file, relative to this one, of findings that are left out; `--write-baseline` writes it.',
        type: 'string',
      },
      ignore: {
        description: 'Globs, relative to this file, of folders and files that are left out when folders are searched.',
        type: 'array',
        items: { type: 'string' },
      },
      migrations: {
        description: 'Which Jobs migrate a database.',
        type: 'object',
        additionalProperties: false,
        properties: {
          jobs: {
            description: 'Names of Jobs, as in the files or as built, `*` standing for any text.',
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
