import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from 'diff';
import type { FileChange } from '../fix/fix-findings.ts';
import { displayPath } from '../report/display-path.ts';
import { escapeText } from '../report/escape-text.ts';
import type { Terminal } from './terminal.ts';

/** Prints changes as a unified diff, for people or for `git apply`. On a terminal nothing in a file may steer it. */
export function writeDiff(changed: ReadonlyMap<string, FileChange>, { out, directory }: Terminal): void {
  for (const [path, change] of [...changed].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const text = diffFile(displayPath(path, directory), change);
    out.write(out.isTerminal ? text.split('\n').map(showLine).join('\n') : text);
  }
}

function diffFile(name: string, { before, after }: FileChange): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const old = before === undefined ? '' : decoder.decode(before);
  const from = before === undefined ? '/dev/null' : `a/${name}`;
  const patch = structuredPatch(from, `b/${name}`, old, decoder.decode(after), undefined, undefined, { context: 3 });
  return formatPatch(patch, FILE_HEADERS_ONLY);
}

function showLine(line: string): string {
  return line.split('\t').map(escapeText).join('\t').replace(/\\r$/, '');
}
