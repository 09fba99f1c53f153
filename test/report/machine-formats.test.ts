import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { RuleDescription } from '../../src/lint/rule-description.ts';
import { writeGithub } from '../../src/report/github.ts';
import { toJsonReport, writeJson } from '../../src/report/json.ts';
import { toSarif, writeSarif } from '../../src/report/sarif.ts';
import { file, finding, oneRoot, result, spanOf } from './result.ts';

const job = file('base/Jobs & more/jöb #1.yaml', 'kind: Job\nmetadata:\n  name: 🐘-migration\n  x: y\n');
const outside = file('../other/kustomization.yaml', 'namePrefix: a-\n');
const stdin = {
  ...finding(spanOf(file('x', 'a: b'), 'b')),
  at: { file: Object.assign(file('x', 'a: b'), { path: '<stdin>' }), start: 3, end: 4 },
};
const named = finding(spanOf(job, '-migration'), {
  message: '100% wrong:\nname, "x".',
  related: [{ at: spanOf(outside, 'a-'), note: 'prefix added here' }],
  hint: 'Rename it.',
  object: { apiVersion: 'batch/v1', kind: 'Job', namespace: undefined, name: 'a-🐘-migration' },
  field: 'metadata.name',
  reasons: ['it is waited for'],
});
const multiline = finding({ file: job, start: 10, end: job.text.length - 1 }, { severity: 'info', rule: 'job-force' });
const docs = {
  summary: 'A waiter waits for nothing',
  symptom: 'Pods hang.',
  why: 'Because.',
  fix: 'Mend it.',
  links: ['https://example.com/a'],
  since: '0.1.0',
};
const rules: RuleDescription[] = [
  { id: 'job-force', severity: 'error', category: 'job', docs },
  {
    id: 'wait-job-match',
    severity: 'error',
    category: 'wait',
    docs: { ...docs, symptom: '', why: '', fix: '', links: [] },
  },
];
const facts = { base: '/w', version: '1.2.3' };
const everything = result([named, multiline, stdin], {
  roots: [oneRoot, { ...oneRoot, path: '/w', kind: 'manifests', state: 'failed' }],
  suppressed: [{ finding: named, reason: '' }],
  skipped: [{ path: '/w/components/x', why: 'is a Component', named: false }],
});

function readSchema(path: string | URL): Record<string, unknown> {
  return JSON.parse(readFileSync(path, 'utf8'));
}

describe('json', () => {
  const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(
    readSchema(new URL('../../schemas/report.schema.json', import.meta.url)),
  );

  test('follows its schema', () => {
    for (const each of [everything, result([])]) {
      expect(validate(JSON.parse(writeJson(each, facts))), JSON.stringify(validate.errors)).toBe(true);
    }
  });

  test('gives places by line and column, and by offset', () => {
    expect(toJsonReport(everything, facts)).toMatchObject({
      version: 1,
      tool: { name: 'migrate-lint', version: '1.2.3' },
      findings: [
        {
          location: {
            path: 'base/Jobs & more/jöb #1.yaml',
            line: 3,
            column: 11,
            endLine: 3,
            endColumn: 21,
            startOffset: 30,
            endOffset: 40,
          },
          related: [{ path: '../other/kustomization.yaml', line: 1, column: 13, note: 'prefix added here' }],
          roots: ['k8s'],
        },
        { location: { line: 2, column: 1, endLine: 4, endColumn: 7 } },
        { location: { path: '<stdin>' } },
      ],
      roots: [
        { path: 'k8s', state: 'built' },
        { path: '.', kind: 'manifests', state: 'failed' },
      ],
      skipped: [{ path: 'components/x', reason: 'is a Component' }],
      summary: { errors: 2, warnings: 0, infos: 1, suppressed: 1, files: 2, roots: 2, releases: 2, exitCode: 1 },
    });
  });
});

describe('sarif', () => {
  // The schema of the standard is draft 4, which differs from what ajv reads in the name of `id` only, as far as it is used.
  const path = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  const { $schema: _draft, id: _id, ...schema } = readSchema(path);
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);

  test('follows the schema of the standard', () => {
    for (const each of [
      everything,
      result([]),
      result([], { crashes: [{ doing: 'while building', error: new Error('x') }] }),
    ]) {
      expect(validate(JSON.parse(writeSarif(each, rules, facts))), JSON.stringify(validate.errors)).toBe(true);
    }
    expect(validate({ ...toSarif(everything, rules, facts), version: '2.0.0' })).toBe(false);
  });

  test('gives relative percent-encoded URIs, related places and the rules', () => {
    const [run] = toSarif(everything, rules, facts).runs;
    expect(run).toMatchObject({
      columnKind: 'utf16CodeUnits',
      tool: {
        driver: {
          semanticVersion: '1.2.3',
          rules: [
            { id: 'job-force', helpUri: 'https://example.com/a', defaultConfiguration: { level: 'error' } },
            { id: 'wait-job-match' },
          ],
        },
      },
      invocations: [{ executionSuccessful: true, exitCode: 1 }],
      results: [
        {
          ruleId: 'wait-job-match',
          ruleIndex: 1,
          level: 'error',
          message: { text: '100% wrong:\nname, "x".\nRename it.' },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: 'base/Jobs%20%26%20more/j%C3%B6b%20%231.yaml', uriBaseId: '%SRCROOT%' },
                region: { startLine: 3, startColumn: 11, endLine: 3, endColumn: 21 },
              },
              logicalLocations: [{ fullyQualifiedName: 'Job/a-🐘-migration#metadata.name' }],
            },
          ],
          relatedLocations: [
            {
              id: 1,
              message: { text: 'prefix added here' },
              physicalLocation: { artifactLocation: { uri: '../other/kustomization.yaml' } },
            },
          ],
          properties: { roots: ['k8s'] },
        },
        { ruleIndex: 0, level: 'note' },
        { locations: [{ physicalLocation: { artifactLocation: { uri: '%3Cstdin%3E' } } }] },
      ],
    });
    expect(run?.results?.[0]?.relatedLocations?.[0]?.physicalLocation?.artifactLocation).not.toHaveProperty(
      'uriBaseId',
    );
  });

  test('fingerprints stay when lines are added above, and say nothing of a secret', () => {
    const print = (text: string, value: string, name = 'app', secret = false) => {
      const source = file('a.yaml', text);
      const one = finding(spanOf(source, value), {
        object: { apiVersion: 'v1', kind: 'Secret', namespace: undefined, name },
        field: 'data.password',
      });
      const secrets = { within: () => (secret ? [one.at] : []) };
      return toSarif(result([one], { secrets }), rules, facts).runs[0]?.results?.[0]?.partialFingerprints?.[
        'migrateLint/v1'
      ];
    };
    expect(print('a: b', 'b')).toMatch(/^[0-9a-f]{32}$/);
    expect(print('a: b', 'b')).toBe(print('# more\n\na: b', 'b', 'staging-app'));
    expect(print('a: b', 'b')).not.toBe(print('a: c', 'c'));
    expect(print('a: b', 'b', 'app', true)).toBe(print('a: c', 'c', 'app', true));
  });
});

describe('github', () => {
  test('escapes values, and gives columns only within a line', () => {
    expect(writeGithub(everything, '/w').split('\n')).toEqual([
      '::error file=base/Jobs & more/jöb #1.yaml,line=3,endLine=3,col=11,endColumn=21,title=wait-job-match::100%25 wrong:%0Aname, "x".%0ARename it.',
      '::error file=<stdin>,line=1,endLine=1,col=4,endColumn=5,title=wait-job-match::Something is wrong.',
      '::notice file=base/Jobs & more/jöb #1.yaml,line=2,endLine=4,title=job-force::Something is wrong.',
      '',
    ]);
    const odd = file('a,b:c%.yaml', 'a: b');
    expect(writeGithub(result([finding(spanOf(odd, 'b'))]), '/w')).toContain('file=a%2Cb%3Ac%25.yaml,');
  });
});
