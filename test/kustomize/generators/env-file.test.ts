import { describe, expect, it } from 'vitest';
import { parseEnvFile } from '../../../src/kustomize/generators/env-file.ts';
import { stringNode } from '../../../src/source/node.ts';
import { SourceFile } from '../../../src/source/source-file.ts';

const path = stringNode('e.env', { kind: 'source', file: new SourceFile('k.yaml', 'e.env'), start: 0, end: 5 });
const parse = (text: string) => parseEnvFile(new TextEncoder().encode(text), path);

describe('an env file', () => {
  it('gives offsets that leave out the byte-order mark', () => {
    const text = '\uFEFFé=1\r\n\u3000ключ=значение\nLAST';
    const visible = text.slice(1);
    for (const { key, keyStart, value, valueStart } of parse(text)) {
      expect(visible.slice(keyStart, keyStart + key.length)).toBe(key);
      expect(visible.slice(valueStart, valueStart + value.length)).toBe(value);
    }
    expect(parse(text).map(({ key }) => key)).toEqual(['é', 'ключ', 'LAST']);
  });

  it.each([
    [65_535, 3],
    [65_536, 1],
  ])('is read up to a line of %i bytes: %i keys', (length, count) => {
    expect(parse(`A=1\nB=${'x'.repeat(length - 2)}\nC=2\n`)).toHaveLength(count);
  });
});
