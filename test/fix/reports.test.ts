import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { toJsonReport } from '../../src/report/json.ts';
import { writeRdjson } from '../../src/report/rdjson.ts';
import { toSarif } from '../../src/report/sarif.ts';
import { engineRules, rules } from '../../src/rules/index.ts';
import { run } from '../../src/run.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';

const facts = { base: '/w', version: '1.2.3' };
const deployment = `kind: Deployment
apiVersion: apps/v1
metadata: {name: shop}
spec:
  template:
    spec:
      initContainers: [{name: wait, note: ö, image: groundnuty/k8s-wait-for:v2.0, args: [job-we, shop-migration-v1]}]
      containers: [{name: shop, image: "registry.example.com/shop:v1"}]
`;
const result = await run(
  ['/w'],
  '/w',
  {},
  memoryFileSystem({
    '/w/kustomization.yaml': 'resources: [deployment.yaml, job.yaml]\nnamePrefix: a-\n',
    '/w/deployment.yaml': deployment,
    '/w/job.yaml':
      'kind: Job\napiVersion: batch/v1\nmetadata: {name: shop-migration-v1}\nspec:\n  backoffLimit: 0\n  template:\n    spec:\n      restartPolicy: Never\n      containers: [{name: m, image: "registry.example.com/m:v1", command: [./migrate]}]\n',
  }),
);

function findingOf<T extends { readonly rule?: string }>(list: readonly T[], rule: string): T {
  const found = list.find((each) => each.rule === rule);
  if (found === undefined) throw new Error(`no finding of ${rule}`);
  return found;
}

test('json has edits and new files, as in its schema', () => {
  const report = toJsonReport(result, facts);
  const schema = JSON.parse(readFileSync(new URL('../../schemas/report.schema.json', import.meta.url), 'utf8'));
  const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);
  expect(validate(JSON.parse(JSON.stringify(report))), JSON.stringify(validate.errors)).toBe(true);
  expect(findingOf(report.findings, 'wait-mode').fix).toEqual({
    title: 'Wait in mode `job-wr`',
    safe: true,
    edits: [
      {
        path: 'deployment.yaml',
        line: 7,
        column: 90,
        endLine: 7,
        endColumn: 96,
        startOffset: deployment.indexOf('job-we'),
        endOffset: deployment.indexOf('job-we') + 6,
        text: 'job-wr',
      },
    ],
    files: [],
  });
  expect(findingOf(report.findings, 'wait-rbac').fix).toMatchObject({
    safe: false,
    edits: [{ path: 'kustomization.yaml', text: ', default-reads-jobs.yaml' }],
    files: [{ path: 'default-reads-jobs.yaml', text: expect.stringMatching(/^apiVersion: rbac/) }],
  });
  // The prefix comes from the kustomization, and the fix is there and not where the finding is.
  const match = findingOf(report.findings, 'wait-job-match');
  expect(match.location.path).toBe('deployment.yaml');
  expect(match.fix?.edits).toMatchObject([
    { path: 'kustomization.yaml', line: 2, text: expect.stringMatching(/^\nreplacements:\n/) },
  ]);
});

test('sarif has them as fixes, where no file is to be made', () => {
  const { runs } = toSarif(result, [...rules, ...engineRules], facts);
  const path = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(path, 'utf8'));
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);
  expect(validate(JSON.parse(JSON.stringify({ version: '2.1.0', runs }))), JSON.stringify(validate.errors)).toBe(true);
  const results = runs[0]?.results ?? [];
  const fixOf = (rule: string) => results.find(({ ruleId }) => ruleId === rule)?.fixes;
  expect(fixOf('wait-mode')).toEqual([
    {
      description: { text: 'Wait in mode `job-wr`.' },
      artifactChanges: [
        {
          artifactLocation: { uri: 'deployment.yaml', uriBaseId: '%SRCROOT%' },
          replacements: [
            {
              deletedRegion: { startLine: 7, startColumn: 90, endLine: 7, endColumn: 96 },
              insertedContent: { text: 'job-wr' },
            },
          ],
        },
      ],
    },
  ]);
  expect(fixOf('wait-job-match')?.[0]?.artifactChanges[0]?.artifactLocation.uri).toBe('kustomization.yaml');
  expect(fixOf('wait-rbac')).toBeUndefined();
});

test('rdjson suggests what changes the file of the finding', () => {
  const { diagnostics } = JSON.parse(writeRdjson(result, '/w'));
  const suggestionsOf = (rule: string) =>
    diagnostics.find(({ code }: { code: { value: string } }) => code.value === rule).suggestions;
  expect(suggestionsOf('wait-mode')).toEqual([
    { range: { start: { line: 7, column: 91 }, end: { line: 7, column: 97 } }, text: 'job-wr' },
  ]);
  expect(suggestionsOf('job-force')).toMatchObject([{ text: expect.stringContaining('annotations') }]);
  expect(suggestionsOf('wait-job-match')).toBeUndefined();
  expect(suggestionsOf('wait-rbac')).toBeUndefined();
});
