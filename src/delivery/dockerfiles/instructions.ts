import type { SourceFile } from '../../source/source-file.ts';
import type { Instruction } from './dockerfile.ts';

/** How many characters of an instruction are read. */
const textLimit = 10_000;

/** Reads the instructions of a Dockerfile with continuation lines joined, without comments and here-documents. */
export function readInstructions(file: SourceFile): Instruction[] {
  const { text } = file;
  const found: Instruction[] = [];
  const pattern = /^[ \t]*([A-Za-z]+)[ \t]+((?:[^\\\n]|\\\r?\n(?:[ \t]*#[^\n]*\n)*|\\[^\n])*)/gm;
  const lastLines = new Map([...text.matchAll(/^.*$/gm)].map(({ 0: line, index }) => [line.trim(), index]));
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const [whole, keyword = '', rest = ''] = match;
    if (match.index < end) continue;
    const start = match.index + whole.length - whole.trimStart().length;
    end = match.index + whole.length;
    const word = /<<-?["']?(\w+)/.exec(rest)?.[1];
    if (word !== undefined && (lastLines.get(word) ?? 0) >= end) {
      const close = new RegExp(`^[ \\t]*${word}[ \\t]*\\r?$`, 'm').exec(text.slice(end));
      if (close) end += close.index + close[0].length;
    }
    const at = { file, start, end: match.index + whole.trimEnd().length };
    found.push({ keyword: keyword.toUpperCase(), text: joinLines(text.slice(match.index, end), keyword), at });
  }
  return found;
}

function joinLines(text: string, keyword: string): string {
  const body = text.trim().slice(keyword.length, textLimit);
  return body
    .replace(/\\\r?\n(?:[ \t]*#[^\n]*\n)*/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What an instruction copies into an image: from a stage or another image, or from the build context. */
export interface Copy {
  readonly from: string | undefined;
  readonly sources: readonly string[];
}

/** `COPY --from=build a b /target`, `ADD ["a", "/target"]`; undefined for other instructions. */
export function readCopy({ keyword, text }: Instruction): Copy | undefined {
  if (!/^(COPY|ADD)$/.test(keyword)) return undefined;
  const words = text.split(/[[\]",\s]+/).filter((word) => word !== '' && !word.startsWith('--'));
  return { from: /--from=(\S+)/.exec(text)?.[1], sources: words.slice(0, -1) };
}

/** `ENV A=1 B="2"` and the older `ENV A 1`. */
export function readEnv({ text }: Instruction): [name: string, value: string][] {
  const older = /^(\w+) (.*)$/.exec(text);
  if (older) return [[older[1] ?? '', older[2] ?? '']];
  const pairs = text.matchAll(/(?<!\w)(\w+)=("(?:[^"\\]|\\.)*"|'[^']*'|\S*)/g);
  return [...pairs].map(([, name = '', value = '']) => [name, value.replace(/^(["'])(.*)\1$/, '$2')]);
}
