import { describe, expect, test } from 'vitest';
import { describeHover } from '../../src/language-server/hover.ts';
import { runWithBuilds } from '../../src/run.ts';
import { memoryFileSystem, placeFiles } from '../support/memory-file-system.ts';

/** What a hover says at a text in a file of a tree. */
async function hoverAt(
  files: Readonly<Record<string, string>>,
  path: string,
  text: string,
): Promise<string | undefined> {
  const fileSystem = memoryFileSystem(placeFiles('/C:/w', { '.git/HEAD': '', ...files }));
  const linted = await runWithBuilds(['/C:/w'], '/C:/w', {}, fileSystem);
  const offset = (files[path] ?? '').indexOf(text);
  return describeHover(linted, `/C:/w/${path}`, offset, '/C:/w')?.markdown;
}

const map = (name: string, data: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {${data}}\n`;

describe('hover', () => {
  test('of many values the first are shown', async () => {
    const shown = async (count: number) => {
      const objects = Array.from({ length: count }, (_, i) => map(`shop-${i}`, ''));
      const files = {
        'kustomization.yaml': 'namePrefix: a-\nresources: [all.yaml]\n',
        'all.yaml': objects.join('---\n'),
      };
      const lines = (await hoverAt(files, 'kustomization.yaml', 'a-'))?.split('\n') ?? [];
      return lines.filter((line) => line.startsWith('- '));
    };
    expect(await shown(6)).toHaveLength(6);
    const more = await shown(8);
    expect(more).toHaveLength(7);
    expect(more.at(-1)).toBe('- and 2 more');
  });

  test('backticks of a value stay readable', async () => {
    const lineOf = async (value: string) => {
      const files = { 'kustomization.yaml': 'resources: [a.yaml]\n', 'a.yaml': map('shop', `x: ${value}`) };
      return (await hoverAt(files, 'a.yaml', value))?.split('\n')[0];
    };
    expect(await lineOf('plain')).toBe('- `ConfigMap/shop` `data.x: plain`');
    expect(await lineOf('a `b` c')).toBe('- `ConfigMap/shop` ``data.x: "a `b` c"``');
    expect(await lineOf('a ``b``')).toBe('- `ConfigMap/shop` ```data.x: "a ``b``"```');
  });

  test('a value that is built twice in the same way is shown once', async () => {
    const files = {
      'base/kustomization.yaml': 'resources: [a.yaml]\n',
      'base/a.yaml': map('shop', 'x: plain'),
      'one/kustomization.yaml': 'resources: [../base]\n',
      'two/kustomization.yaml': 'resources: [../base]\nnamePrefix: two-\n',
    };
    expect((await hoverAt(files, 'base/a.yaml', 'plain'))?.match(/^- /gm)).toHaveLength(2);
    expect(await hoverAt(files, 'one/kustomization.yaml', 'resources')).toBeUndefined();
    expect((await hoverAt(files, 'two/kustomization.yaml', 'two-'))?.match(/^- /gm)).toHaveLength(1);
  });
});
