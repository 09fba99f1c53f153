import { posix } from 'node:path';
import { isReadFailure, type SourceCache } from '../source/source-cache.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { Dockerfile, Instruction, Packages } from './delivery.ts';

/** Reads a Dockerfile and the package.json beside it; undefined where there is none. */
export function readDockerfile(path: string, sources: SourceCache): Dockerfile | undefined {
  if (sources.fileSystem.stat(path)?.kind !== 'file') return undefined;
  const file = sources.read(path);
  if (isReadFailure(file)) return undefined;
  return {
    file,
    forMigration: /migrat/i.test(posix.basename(path)),
    instructions: readInstructions(file),
    packages: readPackages(posix.join(posix.dirname(path), 'package.json'), sources),
  };
}

/** The instructions of the last stage, which are what the image is made of. */
export function lastStage({ instructions }: Dockerfile): readonly Instruction[] {
  const from = instructions.findLastIndex(({ keyword }) => keyword === 'FROM');
  return instructions.slice(Math.max(from, 0));
}

/** Instructions with continuation lines joined; comments and the texts of here-documents are left out. */
export function readInstructions(file: SourceFile): Instruction[] {
  const { text } = file;
  const found: Instruction[] = [];
  const pattern = /^[ \t]*([A-Za-z]+)[ \t]+((?:[^\\\n]|\\[^\n]|\\\r?\n(?:[ \t]*#[^\n]*\n)*)*)/gm;
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const [whole, keyword = '', rest = ''] = match;
    if (match.index < end) continue;
    const start = match.index + whole.length - whole.trimStart().length;
    end = match.index + whole.length;
    const hereDocument = /<<-?["']?(\w+)["']?/.exec(rest)?.[1];
    const close =
      hereDocument === undefined ? undefined : new RegExp(`^\\s*${hereDocument}\\s*$`, 'm').exec(text.slice(end));
    if (close) end += close.index + close[0].length;
    const at = { file, start, end: match.index + whole.trimEnd().length };
    found.push({ keyword: keyword.toUpperCase(), text: joinLines(text.slice(match.index, end), keyword), at });
  }
  return found;
}

function joinLines(text: string, keyword: string): string {
  const body = text.trim().slice(keyword.length);
  return body
    .replace(/\\\r?\n(?:[ \t]*#[^\n]*\n)*/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function readPackages(path: string, sources: SourceCache): Packages | undefined {
  if (sources.fileSystem.stat(path)?.kind !== 'file') return undefined;
  const file = sources.read(path);
  if (isReadFailure(file)) return undefined;
  try {
    const parsed: unknown = JSON.parse(file.text);
    const entries = (key: string): [string, unknown][] => Object.entries(asRecord(asRecord(parsed)[key]));
    return {
      dependencies: new Set(entries('dependencies').map(([name]) => name)),
      devDependencies: new Set(entries('devDependencies').map(([name]) => name)),
      scripts: new Map(entries('scripts').map(([name, script]) => [name, String(script)])),
    };
  } catch {
    // A package.json that cannot be read says nothing.
    return undefined;
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
