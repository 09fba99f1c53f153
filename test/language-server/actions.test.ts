import { afterEach, describe, expect, test } from 'vitest';
import { TextDocumentEdit } from 'vscode-languageserver-protocol';
import { type CodeAction, type Range, TextDocument } from '../../src/language-server/protocol.ts';
import { memoryFileSystem, placeFiles } from '../support/memory-file-system.ts';
import { diskMachine, type Editor, hangUpAll, job, rangeOf, startAlone } from './editor.ts';

const files = {
  '.git/HEAD': 'x',
  'k8s/kustomization.yaml': 'resources: [job.yaml]\n',
  'k8s/job.yaml': job,
  'other/kustomization.yaml': 'resources: [job.yaml]\n',
  'other/job.yaml': job.replace('shop', 'web'),
};
const uri = 'file:///C:/w/k8s/job.yaml';

afterEach(hangUpAll);

/** An editor in which the Job is open and linted. */
async function openJob(text = job, folders: readonly string[] = ['file:///C:/w/k8s']): Promise<Editor> {
  const fileSystem = memoryFileSystem(placeFiles('/C:/w', { ...files, 'k8s/job.yaml': text }));
  const editor = await startAlone(folders, { machine: { ...diskMachine(), fileSystem } });
  await editor.open(uri, text);
  await editor.diagnostics(uri, { has: 'job-backoff-limit' });
  return editor;
}

function at(part: string, text = job): Range {
  return rangeOf(text, part);
}

const titles = (actions: readonly CodeAction[]): string[] => actions.map(({ title }) => title);
const [fix, silence, all] = [
  'Set `backoffLimit` to 0',
  'Silence job-backoff-limit on this line',
  'Apply all safe fixes of migrate-lint',
];

describe('offer-actions', () => {
  test('at the place of a finding, and nowhere else', async () => {
    const editor = await openJob();
    expect(titles(await editor.actions(uri, at('3\n')))).toEqual([fix, silence]);
    expect(titles(await editor.actions(uri, at('backoffLimit: 3')))).toEqual([fix, silence]);
    expect(titles(await editor.actions(uri, at('apiVersion')))).toEqual([]);
    expect(titles(await editor.actions('file:///C:/w/k8s/kustomization.yaml', at('apiVersion')))).toEqual([]);
    expect(titles(await editor.actions('untitled:job', at('3\n')))).toEqual([]);
  });

  test('of the kinds that the editor asks for', async () => {
    const editor = await openJob();
    const of = async (...only: readonly string[]) => titles(await editor.actions(uri, at('3\n'), only));
    expect(await of('quickfix')).toEqual([fix, silence]);
    expect(await of('refactor')).toEqual([]);
    expect(await of('quick')).toEqual([]);
    expect(await of('refactor', 'quickfix')).toEqual([fix, silence]);
    const repaired = job.replace('      restartPolicy: Never\n', '');
    const other = await openJob(repaired);
    for (const kind of ['source', 'source.fixAll', 'source.fixAll.migrateLint']) {
      expect(titles(await other.actions(uri, at('kind', repaired), [kind])), kind).toEqual([all]);
    }
    expect(titles(await other.actions(uri, at('kind', repaired), ['source.fixAll.other']))).toEqual([]);
  });

  test('with the diagnostics that they end', async () => {
    const editor = await openJob();
    const actions = await editor.actions(uri, at('3\n'));
    expect(actions.map(({ diagnostics }) => diagnostics?.map(({ code }) => code))).toEqual([
      ['job-backoff-limit'],
      ['job-backoff-limit'],
    ]);
    expect(actions.map(({ kind, isPreferred }) => [kind, isPreferred])).toEqual([
      ['quickfix', expect.any(Boolean)],
      ['quickfix', undefined],
    ]);
  });
});

describe('quick-fixes', () => {
  test('a comment has the indentation and the end of the lines around it', async () => {
    const text = job.replaceAll('\n', '\r\n');
    const editor = await openJob(text);
    const actions = await editor.actions(uri, at('3\r', text));
    const edits = actions
      .filter(({ title }) => title === silence)
      .flatMap(({ edit }) => (edit?.documentChanges ?? []).filter(TextDocumentEdit.is))
      .flatMap((change) => change.edits);
    const document = TextDocument.create(uri, 'yaml', 1, text);
    expect(TextDocument.applyEdits(document, edits as Parameters<typeof TextDocument.applyEdits>[1])).toBe(
      text.replace('  backoffLimit', '  # migrate-lint-disable-next-line job-backoff-limit\r\n  backoffLimit'),
    );
  });
});

describe('server', () => {
  test('each of several folders has its diagnostics, hovers and actions', async () => {
    const editor = await openJob(job, ['file:///C:/w/other', 'file:///C:/w/k8s', 'file:///C:/w/k8s']);
    const other = 'file:///C:/w/other/job.yaml';
    await editor.diagnostics(other, { has: 'job-backoff-limit' });
    expect(titles(await editor.actions(uri, at('3\n')))).toEqual([fix, silence]);
    const hover = await editor.hover(uri, at('shop-migration-v1').start);
    expect(hover?.range).toEqual(at('shop-migration-v1'));
    expect(await editor.hover(other, at('shop-migration-v1').start)).toBeNull();
    await editor.changeFolders([], ['file:///C:/w/other']);
    expect(await editor.diagnostics(other, { lacks: 'job-backoff-limit' })).toEqual([]);
    expect(editor.all.get(uri)?.map(({ code }) => code)).toContain('job-backoff-limit');
  });

  test('a hover says nothing of a text that has changed since', async () => {
    const editor = await openJob();
    await editor.edit(uri, { text: `# one more line\n${job}` });
    expect(await editor.hover(uri, at('shop-migration-v1').start)).toBeNull();
  });
});
