import { describe, expect, test } from 'vitest';
import { toJsonReport } from '../../src/report/json.ts';
import { writeRdjson } from '../../src/report/rdjson.ts';
import { toSarif } from '../../src/report/sarif.ts';
import { run } from '../../src/run.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';
import { fixTree } from './fix-tree.ts';

const facts = { base: '/', version: '1.2.3' };
const rule = 'job-restart-policy';

/** A Job with characters of one to four bytes before what is replaced. */
const job = `# é
kind: Job
apiVersion: batch/v1
metadata: {name: shop-migration-v1}
spec:
  backoffLimit: 0
  template:
    spec: {volumes: [{name: "é🐘移"}], restartPolicy: OnFailure, containers: [{name: m, image: "r/m:v1", command: [./migrate]}]}
`;
/** The same, where lines are added. */
const bare = job.replace(
  /\{volumes.*/,
  '\n      # 🐘\n      containers: [{name: m, image: "r/m:v1", command: [./migrate]}]',
);

const mark = '\ufeff';
const forms: readonly [name: string, write: (text: string) => string][] = [
  ['line feeds', (text) => text],
  ['carriage returns and line feeds', (text) => text.replaceAll('\n', '\r\n')],
  ['a byte-order mark', (text) => `${mark}${text}`],
  ['both', (text) => `${mark}${text.replaceAll('\n', '\r\n')}`],
];

describe.each(forms)('with %s, what a report says of a fix makes what --fix writes', (_, write) => {
  test.each([
    ['a value', write(job)],
    ['a new line', write(bare)],
  ])('%s', async (_, text) => {
    const tree = { '/kustomization.yaml': 'resources: [job.yaml]\n', '/job.yaml': text };
    const { tree: fixed } = await fixTree(tree, { rule });
    const result = await run(['/'], '/', {}, memoryFileSystem({ ...tree, '/.git/HEAD': '' }));

    const json = toJsonReport(result, facts).findings.find((finding) => finding.rule === rule)?.fix?.edits ?? [];
    const sarif = toSarif(result, [], facts).runs[0]?.results?.find(({ ruleId }) => ruleId === rule)?.fixes?.[0]
      ?.artifactChanges[0]?.replacements;
    const rdjson: { code: { value: string }; suggestions: { range: Range; text: string }[] }[] = JSON.parse(
      writeRdjson(result, '/'),
    ).diagnostics;
    const plain = text.replace(mark, '');
    const made = [
      json.map(({ startOffset, endOffset, text }) => ({ start: startOffset, end: endOffset, text })),
      (sarif ?? []).map(
        ({ deletedRegion: { startLine = 0, startColumn = 0, endLine = 0, endColumn = 0 }, insertedContent }) => ({
          start: offsetOf(plain, startLine, startColumn, 'utf16le'),
          end: offsetOf(plain, endLine, endColumn, 'utf16le'),
          text: insertedContent?.text ?? '',
        }),
      ),
      (rdjson.find(({ code }) => code.value === rule)?.suggestions ?? []).map(({ range: { start, end }, text }) => ({
        start: offsetOf(plain, start.line, start.column, 'utf8'),
        end: offsetOf(plain, end.line, end.column, 'utf8'),
        text,
      })),
    ].map((edits) => (text.startsWith(mark) ? mark : '') + edit(plain, edits));

    expect(fixed['/job.yaml']).not.toBe(text);
    expect(made).toEqual([fixed['/job.yaml'], fixed['/job.yaml'], fixed['/job.yaml']]);
    if (text.includes('\r\n')) expect(fixed['/job.yaml']).not.toMatch(/[^\r]\n/);
  });
});

interface Range {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

/** The offset of a line and a column, both from 1, where columns count the units of an encoding. */
function offsetOf(text: string, line: number, column: number, encoding: 'utf8' | 'utf16le'): number {
  const lines = text.split(/(?<=\n)/);
  const before = lines.slice(0, line - 1).join('').length;
  const units = Buffer.from(lines[line - 1] ?? '', encoding).subarray(0, (column - 1) * (encoding === 'utf8' ? 1 : 2));
  return before + units.toString(encoding).length;
}

function edit(text: string, edits: readonly { start: number; end: number; text: string }[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((left, { start, end, text: inserted }) => left.slice(0, start) + inserted + left.slice(end), text);
}
