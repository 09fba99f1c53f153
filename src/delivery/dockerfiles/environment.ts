import type { Instruction } from '../delivery.ts';

/** `ENV A=1 B="2"` and the older `ENV A 1`. */
export function environmentOf({ text }: Instruction): [name: string, value: string][] {
  const older = /^(\w+) (.*)$/.exec(text);
  if (older) return [[older[1] ?? '', older[2] ?? '']];
  const pairs = text.matchAll(/(?<!\w)(\w+)=("(?:[^"\\]|\\.)*"|'[^']*'|\S*)/g);
  return [...pairs].map(([, name = '', value = '']) => [name, value.replace(/^(["'])(.*)\1$/, '$2')]);
}
