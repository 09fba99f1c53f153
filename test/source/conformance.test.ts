import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Node } from '../../src/source/node.ts';
import { printYaml } from '../../src/source/print/print.ts';
import { readYaml } from '../../src/source/read.ts';
import { SourceFile } from '../../src/source/source-file.ts';

/** What the real kustomize prints for odd values and texts: a collection that stands beside the repository where it is worked on. */
const folder = new URL('../../../shared/conformance/', import.meta.url);
const isAtHand = existsSync(new URL('scalars.json', folder));

interface Sample {
  name: string;
  value?: string;
  input?: string;
  output?: string;
  error?: string;
}

function samples(file: string): Sample[] {
  const path = new URL(file, folder);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Sample[]) : [];
}

/** Builds a folder with one resource file, as far as reading and printing go; throws what is refused. */
function build(text: string): string {
  const { documents, problems } = readYaml(new SourceFile('r.yaml', text));
  if (problems[0] !== undefined) throw new Error(problems[0].message);
  const objects: Node[] = [];
  for (const { root } of documents) {
    const items = root?.kind === 'map' ? root.entries.find(({ key }) => key.value === 'items')?.value : undefined;
    if (items?.kind === 'sequence') objects.push(...items.items);
    else if (root !== undefined) objects.push(root);
  }
  return objects.map(printYaml).join('---\n');
}

describe('agrees with the real kustomize', () => {
  if (!isAtHand) it.skip('the collection is not at hand; fixtures/build holds the cases that decide most');

  it.each(samples('scalars.json'))('on the string $name', ({ value = '', output }) => {
    const text = `apiVersion: v1\ndata:\n  k: ${JSON.stringify(value)}\nkind: ConfigMap\nmetadata:\n  name: x\n`;
    const readable = text.replaceAll('\x7f', '\\x7f').replaceAll('\x85', '\\N');
    if (output === undefined) expect(() => build(readable)).toThrow();
    else expect(build(readable)).toBe(output);
  });

  it.each([...samples('typed.json'), ...samples('syntax.json')])('on the text $name', ({ input = '', output }) => {
    if (output === undefined) expect(() => build(input)).toThrow();
    else expect(build(input)).toBe(output);
  });
});
