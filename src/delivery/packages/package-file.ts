import { posix } from 'node:path';
import type { PackageScript } from '../../objects/package-script.ts';
import type { Sources } from '../../source/files/note-reads.ts';
import { isReadFailure } from '../../source/source-cache.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';
import { escapePattern } from '../../text/escape-pattern.ts';
import { parsePackage, withHooks } from './package-content.ts';

/** The scripts of a package.json or composer.json. */
export interface PackageFile {
  /** Absolute path of the folder that it is in. */
  readonly folder: string;
  readonly name: string | undefined;
  readonly scripts: ReadonlyMap<string, Omit<PackageScript, 'call'>>;
}

/** Reads a package file; undefined if it is missing or cannot be read. */
export function readPackageFile(path: string, sources: Sources): PackageFile | undefined {
  if (sources.fileSystem.stat(path)?.kind !== 'file') return undefined;
  const file = sources.read(path);
  if (isReadFailure(file)) return undefined;
  const content = parsePackage(file.text);
  const texts = new Map(content?.entries('scripts').map(([name, value]) => [name, textOf(value)]));
  const scripts = new Map(
    [...texts.keys()].map((name) => [
      name,
      {
        text: wholeText(name, texts),
        // Searching the whole text is slow, and few scripts need it.
        get at() {
          return spanOfScript(file, name);
        },
      },
    ]),
  );
  return { folder: posix.dirname(path), name: content?.name, scripts };
}

/** The text of a script. Composer also has lists of commands, in which `@php` is PHP and `@name` another script. */
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

function wholeText(name: string, texts: ReadonlyMap<string, string>): string {
  return withHooks(name)
    .flatMap((each) => texts.get(each) ?? [])
    .join(' && ');
}

/** The span of a script's text; the first character of the file if it is not found. */
function spanOfScript(file: SourceFile, name: string): Span {
  const scripts = Math.max(file.text.indexOf('"scripts"'), 0);
  const key = escapePattern(JSON.stringify(name));
  const match = new RegExp(`${key}\\s*:\\s*("(?:[^"\\\\]|\\\\.)*")`, 'd').exec(file.text.slice(scripts));
  const [start, end] = match?.indices?.[1] ?? [0, 1];
  return { file, start: scripts + start, end: scripts + end };
}
