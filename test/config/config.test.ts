import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { generateConfigSchema } from '../../scripts/generate-config-schema.mjs';
import { findConfig } from '../../src/config/find-config.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { resolveSettings } from '../../src/config/settings.ts';
import { commonFolder } from '../../src/source/files/path.ts';
import { findRepositoryTop } from '../../src/source/files/repository.ts';
import { SourceCache } from '../../src/source/source-cache.ts';
import { UsageError } from '../../src/usage-error.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';

function read(text: string | Uint8Array) {
  return readConfig('/w/migrate-lint.yaml', new SourceCache(memoryFileSystem({ '/w/migrate-lint.yaml': text })));
}

/** The faults of a settings file as `line:column message`. */
function faults(text: string | Uint8Array): string[] {
  try {
    read(text);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return error.problems.map(({ message, at }) => {
      const position = at?.file.position(at.start);
      return `${position ? `${position.line}:${position.column}` : '-'} ${message}`;
    });
  }
  return [];
}

describe('a settings file', () => {
  test('with everything in it', () => {
    const config = read(`\
# yaml-language-server: $schema=./schemas/config.schema.json
rules:
  job-force: off
  wait-rbac: info
applier: flux
kustomize: 5.7
loadRestrictor: LoadRestrictionsNone
failOn: never
baseline: ../known.json
preset: strict
ignore: ["**/testdata/**", vendor]
migrations:
  jobs: ["*-db-setup"]
`);
    expect(config).toEqual({
      rules: new Map([
        ['job-force', 'off'],
        ['wait-rbac', 'info'],
      ]),
      applier: 'flux',
      dialect: '5.7',
      loadRestrictor: 'none',
      failOn: 'never',
      baseline: '/known.json',
      preset: 'strict',
      ignore: ['**/testdata/**', 'vendor'],
      overrides: [],
      migrationJobs: ['*-db-setup'],
      sources: new Map(),
      variables: new Map(),
      directory: '/w',
    });
    expect(read('kustomize: "5.8"\nloadRestrictor: root-only\n')).toMatchObject({
      dialect: '5.8',
      loadRestrictor: 'root-only',
    });
  });

  test('with nothing in it', () => {
    const nothing = {
      rules: new Map(),
      ignore: [],
      overrides: [],
      migrationJobs: [],
      sources: new Map(),
      variables: new Map(),
      directory: '/w',
    };
    for (const text of ['', '# later\n', '{}', 'rules:\nignore:\n']) expect(read(text)).toEqual(nothing);
  });

  test('with names that nobody knows', () => {
    expect(faults('rule:\n  job-force: off\n')).toEqual(['1:1 There is no setting "rule". Did you mean "rules"?']);
    expect(faults('rules:\n  job-forse: off\n')).toEqual([
      '2:3 There is no rule "job-forse". Did you mean "job-force"?',
    ]);
    expect(faults('migrations:\n  job: []\n')).toEqual([
      '2:3 There is no setting "migrations.job". Did you mean "jobs"?',
    ]);
    expect(faults('something: 1\n')).toEqual([
      '1:1 There is no setting "something". There are preset, rules, overrides, applier, kustomize, loadRestrictor, remoteCache, failOn, sources, variables, strictSubstitution, baseline, ignore, migrations.',
    ]);
    expect(faults('__proto__: 1\nconstructor: 2\n')).toHaveLength(2);
    expect(faults('rules:\n  __proto__: off\n')).toHaveLength(1);
  });

  test('with values that are not allowed', () => {
    expect(faults('rules: {job-force: warn}\n')).toEqual([
      '1:20 "rules.job-force" must be one of error, warning, info, off. Did you mean "warning"?',
    ]);
    expect(faults('applier: Flux2\nkustomize: 5.6\n')).toEqual([
      '1:10 "applier" must be one of flux, kubectl, argocd. Did you mean "flux"?',
      '2:12 "kustomize" must be one of 5.7, 5.8, 5.8.2. Did you mean "5.7"?',
    ]);
    expect(faults('ignore: vendor\n')).toEqual(['1:9 "ignore" must be a list.']);
    expect(faults('ignore: [a, 1]\n')).toEqual(['1:13 "ignore.1" must be text.']);
    expect(faults('strictSubstitution: 1\n')).toEqual(['1:21 "strictSubstitution" must be true or false.']);
    expect(faults('variables: {A: [b]}\n')).toEqual([
      '1:16 "variables.A" must be text, a number, true, false or empty.',
    ]);
    expect(faults('rules: [a]\n')).toEqual(['1:8 "rules" must be a map.']);
    expect(faults('- a\n')).toEqual(['1:1 The settings must be a map, for example "applier: flux".']);
  });

  test('with one setting twice', () => {
    expect(faults('failOn: error\nrules: {}\nfailOn: info\n')).toEqual(['3:1 "failOn" is set twice; keep one.']);
  });

  test('that cannot be read', () => {
    expect(faults('rules: [\n')[0]).toMatch(/^\d+:\d+ /);
    expect(faults(new Uint8Array([0]))).toEqual([
      '- The settings file /w/migrate-lint.yaml cannot be used: it is a binary file, not YAML.',
    ]);
  });
});

describe('where settings come from', () => {
  const fileSystem = memoryFileSystem({
    '/repo/.git/HEAD': '',
    '/repo/migrate-lint.yaml': 'applier: flux\nfailOn: info\n',
    '/repo/k8s/app/kustomization.yaml': '',
    '/repo/k8s/own/.migrate-lint.yaml': 'applier: kubectl\n',
    '/repo/k8s/own/x/a.yaml': '',
    '/repo/inner/.git': 'gitdir: ../.git/modules/inner',
    '/repo/inner/a.yaml': '',
  });
  const settings = (paths: string[], options = {}) =>
    resolveSettings(paths, '/repo', options, new SourceCache(fileSystem));

  test('the nearest file upwards, not beyond the repository', () => {
    expect(findConfig('/repo/k8s/app', fileSystem)).toBe('/repo/migrate-lint.yaml');
    expect(findConfig('/repo/k8s/own/x', fileSystem)).toBe('/repo/k8s/own/.migrate-lint.yaml');
    expect(findConfig('/repo/inner', fileSystem)).toBeUndefined();
    expect(findConfig('/elsewhere', fileSystem)).toBeUndefined();
    expect(findRepositoryTop('/repo/inner', fileSystem)).toBe('/repo/inner');
    expect(findRepositoryTop('/elsewhere/x', fileSystem)).toBeUndefined();
  });

  test('from the folder that all paths share', () => {
    expect(commonFolder(['/a/b/c', '/a/b/d', '/a/b'])).toBe('/a/b');
    expect(commonFolder(['/a/bc', '/a/b'])).toBe('/a');
    expect(commonFolder(['/a', '/b'])).toBe('/');
    expect(commonFolder([])).toBeUndefined();
    expect(settings(['/repo/k8s/own/x/a.yaml']).applier).toBe('kubectl');
    expect(settings(['/repo/k8s/own', '/repo/k8s/app']).applier).toBe('flux');
  });

  test('options win over the file, the file over the defaults', () => {
    expect(settings(['/repo/k8s/app'])).toMatchObject({
      applier: 'flux',
      failOn: 'info',
      dialect: '5.8',
      loadRestrictor: 'root-only',
    });
    expect(
      settings(['/repo/k8s/app'], { failOn: 'never', kustomize: '5.7', rules: { 'job-force': 'off' } }),
    ).toMatchObject({
      applier: 'flux',
      failOn: 'never',
      dialect: '5.7',
      levels: new Map([['job-force', 'off']]),
    });
    expect(settings(['/repo/k8s/app'], { config: false })).toMatchObject({ applier: undefined, failOn: 'error' });
    expect(settings(['/repo/k8s/app'], { config: 'k8s/own/.migrate-lint.yaml' }).applier).toBe('kubectl');
    expect(() => settings(['/repo/k8s/app'], { config: 'nowhere.yaml' })).toThrow('there is no such file');
  });
});

describe('the schema', () => {
  test('and its validator are what the generator makes of the rules', async () => {
    for (const [path, text] of Object.entries(await generateConfigSchema())) {
      expect(
        readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'),
        `${path}: run node scripts/generate-config-schema.mjs`,
      ).toBe(text);
    }
  });

  test('is a schema, and accepts what the README shows', () => {
    const schema = JSON.parse(readFileSync(new URL('../../schemas/config.schema.json', import.meta.url), 'utf8'));
    const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);
    expect(
      validate({
        kustomize: '5.7',
        applier: 'flux',
        rules: { 'resource-order': 'off' },
        migrations: { jobs: ['*-x'] },
        ignore: ['a'],
      }),
    ).toBe(true);
    expect(validate({ rules: { nothing: 'off' } })).toBe(false);
  });
});
