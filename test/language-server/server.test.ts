import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { type ClientCapabilities, TextDocumentEdit } from 'vscode-languageserver-protocol';
import {
  type CodeAction,
  DiagnosticSeverity,
  type Position,
  TextDocument,
} from '../../src/language-server/protocol.ts';
import { firstOf } from '../support/first-of.ts';
import { type MemoryFile, memoryFileSystem, placeFiles } from '../support/memory-file-system.ts';
import { capableEditor, diskMachine, type Editor, hangUpAll, job, rangeOf, startAlone } from './editor.ts';

/** The Job in a single line, after characters of several sizes. */
const oneLine = JSON.stringify({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'shop-migration-v1', annotations: { a: 'é ü 𝒳 漢' } },
  spec: {
    backoffLimit: 3,
    template: {
      spec: {
        restartPolicy: 'Never',
        containers: [
          { name: 'migrate', image: 'registry.example.com/shop-migration:v1', command: ['flyway', 'migrate'] },
        ],
      },
    },
  },
});

const tree = {
  'k8s/base/kustomization.yaml': 'resources: [job.yaml]\n',
  'k8s/base/job.yaml': job,
  'k8s/prod/kustomization.yaml': 'namePrefix: prod-\nresources: [../base]\n',
};

const folder = 'file:///C:/w';
const jobUri = `${folder}/k8s/base/job.yaml`;

afterEach(hangUpAll);

async function start(
  files: Readonly<Record<string, MemoryFile>> = tree,
  options: { folders?: readonly string[]; capabilities?: typeof capableEditor; showsProgress?: boolean } = {},
): Promise<Editor> {
  const machine = {
    ...diskMachine(),
    fileSystem: memoryFileSystem(placeFiles('/C:/w', { '.git/HEAD': 'x', ...files })),
  };
  const { folders = [folder], ...rest } = options;
  return startAlone(folders, { machine, ...rest });
}

function positionOf(text: string, part: string): Position {
  return rangeOf(text, part).start;
}

/** The text of a document after an action. */
function apply(action: CodeAction, uri: string, text: string): string {
  const document = TextDocument.create(uri, 'yaml', 1, text);
  const changes = (action.edit?.documentChanges ?? []).filter(TextDocumentEdit.is);
  const edits = changes.filter(({ textDocument }) => textDocument.uri === uri).flatMap((each) => each.edits);
  return TextDocument.applyEdits(document, edits as Parameters<typeof TextDocument.applyEdits>[1]);
}

async function openJob(editor: Editor, text = job): Promise<void> {
  await editor.open(jobUri, text);
  await editor.diagnostics(jobUri, { has: 'job-backoff-limit' });
}

test('findings are diagnostics in all files, open or not', async () => {
  const editor = await start();
  const diagnostics = await editor.diagnostics(jobUri, { has: 'job-backoff-limit' });
  expect(diagnostics.find(({ code }) => code === 'job-backoff-limit')).toEqual({
    code: 'job-backoff-limit',
    codeDescription: {
      href: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy',
    },
    message: `Job \`prod-shop-migration-v1\` sets \`spec.backoffLimit\` to 3: a failed migration is retried 3 times; Flyway keeps a lock and a record, so this mostly costs time.
Set \`backoffLimit: 0\`, with \`restartPolicy: Never\` in the pod template.`,
    range: { start: { line: 5, character: 16 }, end: { line: 5, character: 17 } },
    relatedInformation: [],
    severity: DiagnosticSeverity.Warning,
    source: 'migrate-lint',
  });
});

test('the text of an open document counts until it is closed', async () => {
  const editor = await start();
  await openJob(editor);
  await editor.edit(jobUri, { range: rangeOf(job, '3\n'), text: '0\n' });
  await editor.diagnostics(jobUri, { lacks: 'job-backoff-limit' });
  await editor.close(jobUri);
  const restored = await editor.diagnostics(jobUri, { has: 'job-backoff-limit' });
  expect(restored.map(({ code }) => code)).toContain('job-backoff-limit');
});

test('columns count UTF-16 code units, and lines end as in the file', async () => {
  const text = `# first\r\n${oneLine}\r\n`;
  const editor = await start({ ...tree, 'k8s/base/job.yaml': text });
  const diagnostics = await editor.diagnostics(jobUri, { has: 'job-backoff-limit' });
  const { range } = firstOf(diagnostics.filter(({ code }) => code === 'job-backoff-limit'));
  expect(TextDocument.create('', '', 0, text).getText(range)).toBe('3');
});

test('a fix is offered, and does what it says', async () => {
  const editor = await start();
  await openJob(editor);
  const [fix] = await editor.actions(jobUri, rangeOf(job, '3\n'));
  expect(fix).toMatchObject({ title: 'Set `backoffLimit` to 0', kind: 'quickfix' });
  expect(apply(firstOf([fix ?? {}] as CodeAction[]), jobUri, job)).toBe(
    job.replace('backoffLimit: 3', 'backoffLimit: 0'),
  );
});

test('a finding can be silenced with a comment', async () => {
  const editor = await start();
  await openJob(editor);
  const actions = await editor.actions(jobUri, rangeOf(job, '3\n'));
  const silence = firstOf(actions.filter(({ title }) => title.startsWith('Silence')));
  expect(silence.diagnostics?.map(({ code }) => code)).toEqual(['job-backoff-limit']);
  const text = apply(silence, jobUri, job);
  expect(text).toBe(
    job.replace('  backoffLimit', '  # migrate-lint-disable-next-line job-backoff-limit\n  backoffLimit'),
  );
  await editor.edit(jobUri, { text });
  await editor.diagnostics(jobUri, { lacks: 'job-backoff-limit' });
});

test('no comment is offered in JSON, which has none', async () => {
  const uri = `${folder}/k8s/base/job.json`;
  const editor = await start({
    'k8s/base/kustomization.yaml': 'resources: [job.json]\n',
    'k8s/base/job.json': oneLine,
  });
  await editor.open(uri, oneLine);
  await editor.diagnostics(uri, { has: 'job-backoff-limit' });
  expect(await editor.actions(uri, rangeOf(oneLine, '3'))).toMatchObject([{ title: 'Set `backoffLimit` to 0' }]);
});

test('positions of a text that has not been linted yet give no actions', async () => {
  const editor = await start();
  await openJob(editor);
  await editor.edit(jobUri, { text: `# A new first line.\n${job}` });
  expect(await editor.actions(jobUri, rangeOf(job, '3\n'))).toEqual([]);
});

test('all safe fixes of a document are one action', async () => {
  const text = job.replace('    spec:\n      restartPolicy: Never\n', '    spec:\n');
  const editor = await start({ ...tree, 'k8s/base/job.yaml': text });
  await editor.open(jobUri, text);
  await editor.diagnostics(jobUri, { has: 'job-restart-policy' });
  const actions = await editor.actions(jobUri, rangeOf(text, 'apiVersion'), ['source.fixAll']);
  expect(actions).toMatchObject([{ kind: 'source.fixAll.migrateLint' }]);
  expect(apply(firstOf(actions), jobUri, text)).toMatch(/restartPolicy: Never/);
});

/** What a hover says on the name of the Job, and on the prefix that changes it. */
const nameHover = {
  kind: 'markdown',
  value: `- \`Job/prod-shop-migration-v1\` \`metadata.name: prod-shop-migration-v1\`
  - \`k8s/base/job.yaml:4:9\`
  - \`name prefix k8s/prod/kustomization.yaml:1:13\``,
};

test('a hover shows what becomes of a value in each overlay', async () => {
  const editor = await start();
  await openJob(editor);
  expect((await editor.hover(jobUri, positionOf(job, 'shop-migration-v1')))?.contents).toEqual(nameHover);
});

test('a hover on a step shows the values that it changes', async () => {
  const editor = await start();
  const text = tree['k8s/prod/kustomization.yaml'];
  const uri = `${folder}/k8s/prod/kustomization.yaml`;
  await openJob(editor);
  await editor.open(uri, text);
  expect((await editor.hover(uri, positionOf(text, 'prod-')))?.contents).toEqual(nameHover);
});

test('a hover masks secrets, and says nothing elsewhere', async () => {
  const editor = await start();
  await openJob(editor);
  const hover = await editor.hover(jobUri, positionOf(job, 'hunter2'));
  expect(JSON.stringify(hover)).toContain('env[0].value');
  expect(JSON.stringify(hover)).not.toContain('hunter2');
  expect(await editor.hover(jobUri, positionOf(job, 'spec:'))).toBeNull();
});

test('an editor shows that the first run is under way', async () => {
  const editor = await start();
  await editor.diagnostics(jobUri, { has: 'job-backoff-limit' });
  await editor.open(jobUri, job.replace('backoffLimit: 3', 'backoffLimit: 0'));
  await editor.diagnostics(jobUri, { lacks: 'job-backoff-limit' });
  expect(editor.progress).toEqual([
    expect.objectContaining({ kind: 'begin', title: 'migrate-lint', message: 'linting w' }),
    { kind: 'end' },
  ]);
});

test('an editor that cannot show progress gets diagnostics', async () => {
  const refusing = await start(tree, { showsProgress: false });
  await refusing.diagnostics(jobUri, { has: 'job-backoff-limit' });
  expect(refusing.progress).toEqual([]);
  const { window: _, ...others } = capableEditor;
  const unable = await start(tree, { capabilities: others });
  await unable.diagnostics(jobUri, { has: 'job-backoff-limit' });
  expect(unable.progress).toEqual([]);
});

test('mistakes in the settings are diagnostics in their file, and other findings return once they are corrected', async () => {
  const text = 'rules: {job-backof-limit: off}\n';
  const editor = await start({ ...tree, 'migrate-lint.yaml': text });
  const uri = `${folder}/migrate-lint.yaml`;
  await editor.open(uri, text);
  const [mistake] = await editor.diagnostics(uri, { has: 'settings' });
  expect(mistake?.message).toContain('job-backof-limit');
  expect(mistake?.range).toEqual(rangeOf(text, 'job-backof-limit'));
  expect(editor.all.get(jobUri) ?? []).toEqual([]);
  await editor.edit(uri, { text: 'rules: {job-force: off}\n' });
  expect(await editor.diagnostics(uri, { lacks: 'settings' })).toEqual([]);
  await editor.diagnostics(jobUri, { has: 'job-backoff-limit' });
});

test('folders come and go with their diagnostics', async () => {
  const editor = await start(tree, { folders: [] });
  await editor.changeFolders([folder], []);
  await editor.diagnostics(jobUri, { has: 'job-backoff-limit' });
  await editor.changeFolders([], [folder]);
  expect(await editor.diagnostics(jobUri, { lacks: 'job-backoff-limit' })).toEqual([]);
});

test('without a folder, the repository of an opened file is linted', async () => {
  const editor = await start(tree, { folders: [] });
  await editor.open(`${folder}/k8s/prod/kustomization.yaml`, tree['k8s/prod/kustomization.yaml']);
  const found = await editor.diagnostics(jobUri, { has: 'job-backoff-limit' });
  expect(found.map(({ code }) => code)).toContain('job-backoff-limit');
});

test('a fix that creates a file is offered to editors that can create one', async () => {
  const names = ['config.yaml', 'job.yaml', 'deployment.yaml'];
  const read = (name: string) => readFileSync(`fixtures/rules/field-repeated/good/${name}`, 'utf8');
  const files = {
    ...Object.fromEntries(names.map((name) => [name, read(name)])),
    'kustomization.yaml': `resources: [${names.join(', ')}]\n`,
  };
  const uri = `${folder}/deployment.yaml`;
  const text = read('deployment.yaml');
  const kindsFor = async (capabilities: ClientCapabilities) => {
    const editor = await start(files, { capabilities });
    await editor.open(uri, text);
    const [found] = await editor.diagnostics(uri, { has: 'wait-rbac' });
    const actions = await editor.actions(uri, firstOf(found ? [found] : []).range);
    return actions
      .flatMap(({ edit }) => edit?.documentChanges ?? [])
      .map((change) => ('kind' in change ? change.kind : 'edit'));
  };
  expect(await kindsFor(capableEditor)).toEqual(['create', 'edit', 'edit', 'edit']);
  expect(await kindsFor({})).toEqual([]);
});

test('an editor without versions gets edits by URI', async () => {
  const editor = await start(tree, { capabilities: {} });
  await openJob(editor);
  const [fix] = await editor.actions(jobUri, rangeOf(job, '3\n'));
  expect(fix?.edit).toEqual({
    changes: {
      [jobUri]: [{ range: { start: { line: 5, character: 16 }, end: { line: 5, character: 17 } }, newText: '0' }],
    },
  });
});

test('the exit code says whether the editor said goodbye', async () => {
  expect(await (await start()).quit()).toBe(0);
  const editor = await start();
  editor.hangUp();
  expect(await editor.exited).toBe(1);
});
