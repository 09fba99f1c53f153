import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanRepository } from '../catalogue/tree.ts';
import { memoryFileSystem, placeFiles } from '../support/memory-file-system.ts';
import { diskMachine, Editor } from './editor.ts';

const repository = new Map(Object.entries(placeFiles('/C:/w', cleanRepository())));
const paths = [...repository.keys()].filter((path) => path.endsWith('.yaml')).sort();
const disk = new Map(repository).set(
  '/C:/w/settled/kustomization.yaml',
  'namePrefix: settled-\nresources: [../k8s/base]\n',
);

/** What somebody may type in a file. */
const edits: readonly ((text: string) => string)[] = [
  (text) => text.replace(/backoffLimit: \d/, 'backoffLimit: 3'),
  (text) => text.replace(/- job-wr\n.*- (\S+)/, '- job-wr\n            - other'),
  (text) => text.replace(/^(\s*)(\w+): .*$/m, '$1$2: ['),
  (text) => text.replace(/^resources:\n.*\n/m, 'resources:\n'),
  (text) => `# migrate-lint-disable-file job-force\n${text}`,
];

const start = { line: 0, character: 0 };
const everything = { start, end: { line: 1000, character: 0 } };

async function startEditor(files: ReadonlyMap<string, string>): Promise<Editor> {
  const fileSystem = memoryFileSystem(Object.fromEntries(files));
  return Editor.start(['file:///C:/w'], { machine: { ...diskMachine(), fileSystem } });
}

/** The diagnostics once all edits have been linted: the last one breaks a tree of its own, and is then undone. */
async function settled(editor: Editor): Promise<unknown> {
  const uri = 'file:///C:/w/settled/kustomization.yaml';
  await editor.open(uri, 'resources: [missing.yaml]\n');
  await editor.diagnostics(uri, { has: 'build-error' });
  await editor.close(uri);
  await editor.diagnostics(uri, { lacks: 'build-error' });
  return [...editor.all].filter(([, found]) => found.length > 0).sort(([a], [b]) => (a < b ? -1 : 1));
}

test('after any edits and tried fixes, the diagnostics are those of a fresh start', async () => {
  const step = fc.record({ file: fc.nat(), edit: fc.nat(), asks: fc.constantFrom('no', 'and waits', 'and goes on') });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
      const editor = await startEditor(disk);
      const texts = new Map(disk);
      const opened = new Set<string>();
      for (const { file, edit, asks } of steps) {
        const path = paths[file % paths.length] ?? '';
        const uri = `file://${path}`;
        const text = edits[edit % edits.length]?.(texts.get(path) ?? '') ?? '';
        if (!opened.has(path)) await editor.open(uri, texts.get(path) ?? '');
        opened.add(path);
        texts.set(path, text);
        await editor.edit(uri, { text });
        if (asks === 'no') continue;
        await new Promise((resolve) => setTimeout(resolve, 20));
        const answer = editor.actions(uri, everything);
        if (asks === 'and waits') await answer;
      }
      const fresh = await startEditor(texts);
      expect(await settled(editor)).toEqual(await settled(fresh));
      editor.hangUp();
      fresh.hangUp();
    }),
    { numRuns: 25 },
  );
});
