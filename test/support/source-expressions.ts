import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { parseAst } from 'vitest/node';

/** A regular expression of the sources. */
export interface SourceExpression {
  /** Its file and line; only the file if it is put together when the module loads. */
  readonly place: string;
  readonly expression: RegExp;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The regular expressions of `src`, each once: those that are written as such, and constants made by `new RegExp`. */
export async function readSourceExpressions(): Promise<SourceExpression[]> {
  const found = new Map<string, SourceExpression>();
  for (const name of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).sort()) {
    if (!name.endsWith('.ts')) continue;
    const file = `src/${name.replaceAll('\\', '/')}`;
    const text = readFileSync(join(root, file), 'utf8');
    const { written, makesOthers } = expressionsIn(text);
    const made = makesOthers ? await madeOnLoad(`../../${file}`) : [];
    for (const { start, expression } of [...written, ...made.map((each) => ({ start: undefined, expression: each }))]) {
      const place = start === undefined ? file : `${file}:${text.slice(0, start).split('\n').length}`;
      if (!found.has(String(expression))) found.set(String(expression), { place, expression });
    }
  }
  return [...found.values()];
}

interface Written {
  readonly written: readonly { readonly start: number; readonly expression: RegExp }[];
  /** Whether there is a `new RegExp`. */
  readonly makesOthers: boolean;
}

function expressionsIn(text: string): Written {
  const written: { start: number; expression: RegExp }[] = [];
  let makesOthers = false;
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null || node instanceof RegExp) return;
    if ('regex' in node && 'start' in node) {
      const { pattern, flags } = node.regex as { pattern: string; flags: string };
      written.push({ start: node.start as number, expression: new RegExp(pattern, flags) });
    }
    if ('type' in node && node.type === 'NewExpression' && 'callee' in node) {
      makesOthers ||= (node.callee as { name?: string }).name === 'RegExp';
    }
    for (const child of Object.values(node)) visit(child);
  };
  visit(parseAst(text, { lang: 'ts' }));
  return { written, makesOthers };
}

/** The expressions that a module makes when it loads. It is loaded anew, apart from the module that other tests use. */
async function madeOnLoad(path: string): Promise<RegExp[]> {
  const made: RegExp[] = [];
  await import(path);
  const Original = RegExp;
  vi.stubGlobal(
    'RegExp',
    class extends Original {
      constructor(pattern: string, flags?: string) {
        super(pattern, flags);
        made.push(new Original(pattern, flags));
      }
    },
  );
  try {
    await import(`${path}?anew`);
  } finally {
    vi.unstubAllGlobals();
  }
  return made;
}
