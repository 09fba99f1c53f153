import { posix } from 'node:path';
import type { PackageScript } from '../model/package-script.ts';
import { isReadFailure, type SourceCache } from '../source/source-cache.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';

/** The scripts of a package.json or composer.json. */
export interface PackageFile {
  /** Absolute path of the folder that it is in. */
  readonly folder: string;
  readonly name: string | undefined;
  readonly scripts: ReadonlyMap<string, Omit<PackageScript, 'call'>>;
}

/** Undefined where there is no such file, or none that can be read. */
export function readPackageFile(path: string, sources: SourceCache): PackageFile | undefined {
  if (sources.fileSystem.stat(path)?.kind !== 'file') return undefined;
  const file = sources.read(path);
  if (isReadFailure(file)) return undefined;
  const content = parse(file);
  const entries = Object.entries(asRecord(content['scripts'])).map(([name, value]) => [name, textOf(value)] as const);
  const texts = new Map(entries);
  const scripts = new Map(
    entries.map(([name]) => [name, { text: withHooks(name, texts), at: spanOfScript(file, name) }] as const),
  );
  const name = content['name'];
  return { folder: posix.dirname(path), name: typeof name === 'string' ? name : undefined, scripts };
}

function parse(file: SourceFile): Readonly<Record<string, unknown>> {
  try {
    return asRecord(JSON.parse(file.text));
  } catch {
    // A package.json that cannot be read says nothing.
    return {};
  }
}

/** Composer has lists of commands too, in which `@php` is PHP and `@name` another script. */
function textOf(script: unknown): string {
  const lines = Array.isArray(script) ? script : [script];
  return lines
    .map((line) =>
      String(line)
        .replace(/^@php /, 'php ')
        .replace(/^@composer /, 'composer ')
        .replace(/^@(?=\w)/, 'composer run '),
    )
    .join(' && ');
}

/** npm runs `preX` before and `postX` after a script, and so do some versions of the other package managers. */
function withHooks(name: string, texts: ReadonlyMap<string, string>): string {
  return [`pre${name}`, name, `post${name}`].flatMap((each) => texts.get(each) ?? []).join(' && ');
}

/** The script's text; the whole file's first character where it can't be told. */
function spanOfScript(file: SourceFile, name: string): Span {
  const scripts = Math.max(file.text.indexOf('"scripts"'), 0);
  const key = JSON.stringify(name).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const match = new RegExp(`${key}\\s*:\\s*("(?:[^"\\\\]|\\\\.)*")`, 'd').exec(file.text.slice(scripts));
  const [start, end] = match?.indices?.[1] ?? [0, 1];
  return { file, start: scripts + start, end: scripts + end };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
