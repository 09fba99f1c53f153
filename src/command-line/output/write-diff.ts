import { FILE_HEADERS_ONLY, formatPatch, type StructuredPatchHunk, structuredPatch } from 'diff';
import { pushAll } from '../../collections/push-all.ts';
import type { FileChange, FixOutcome } from '../../fix/fix-findings.ts';
import { mask } from '../../lint/secrets/mask.ts';
import type { SecretRange } from '../../lint/secrets/secret-places.ts';
import { displayPath } from '../../report/display-path.ts';
import { escapeText } from '../../report/escape-text.ts';
import { isWithin } from '../../source/files/path.ts';
import { findRepositoryTop } from '../../source/files/repository.ts';
import { SourceFile } from '../../source/source-file.ts';
import { compareText } from '../../text/compare-text.ts';
import type { Terminal } from '../terminal.ts';

/**
 * Prints changes as a unified diff, for people or for `git apply`. Paths are relative to the working directory or, if files
 * outside it change, to the top of the repository, since Git refuses `..`. Secrets on the lines around a change are masked, so
 * such a diff does not apply. On a terminal, control characters are escaped.
 */
export function writeDiff({ changed, first }: FixOutcome, { out, directory, fileSystem }: Terminal): void {
  const isInside = [...changed.keys()].every((path) => isWithin(path, directory));
  const base = isInside ? directory : (findRepositoryTop(directory, fileSystem) ?? directory);
  const files = new Map(first.built.flatMap((root) => root.files).map((file) => [file.path, file]));
  for (const [path, change] of [...changed].sort(([a], [b]) => compareText(a, b))) {
    const text = new TextDecoder().decode(change.before);
    const file = files.get(path) ?? new SourceFile(path, text);
    const secrets = secretsByLine(file, first.result.secrets.within(file));
    const patch = diffFile(displayPath(path, base), change, secrets);
    out.write(out.isTerminal ? patch.split('\n').map(showLine).join('\n') : patch);
  }
}

function diffFile(name: string, { before, after }: FileChange, secrets: SecretsByLine): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const old = before === undefined ? '' : decoder.decode(before);
  const from = before === undefined ? '/dev/null' : `a/${name}`;
  const patch = structuredPatch(from, `b/${name}`, old, decoder.decode(after), undefined, undefined, { context: 3 });
  for (const hunk of patch.hunks) hunk.lines = hideSecrets(hunk, secrets);
  return formatPatch(patch, FILE_HEADERS_ONLY);
}

/** The texts of secrets by line, counted from 1. */
type SecretsByLine = ReadonlyMap<number, readonly string[]>;

function secretsByLine(file: SourceFile, ranges: readonly SecretRange[]): SecretsByLine {
  const found = new Map<number, string[]>();
  for (const { start, end } of ranges) {
    const first = file.position(start).line;
    const lines = file.text.slice(start, end).split(/\r\n|\n|\r/);
    for (const [index, text] of lines.entries()) {
      if (text.trim() !== '') found.set(first + index, [...(found.get(first + index) ?? []), text.trim()]);
    }
  }
  return found;
}

/** Masks secrets in a hunk. An added line may contain the secrets of the removed lines before it. */
function hideSecrets({ oldStart, lines }: StructuredPatchHunk, secrets: SecretsByLine): string[] {
  let line = oldStart;
  const taken: string[] = [];
  return lines.map((text) => {
    const here = text.startsWith('+') ? taken : (secrets.get(line) ?? []);
    if (text.startsWith('-')) pushAll(taken, here);
    if (/^[- ]/.test(text)) line++;
    return here.reduce((left, secret) => left.replaceAll(secret, mask), text);
  });
}

function showLine(line: string): string {
  return line.split('\t').map(escapeText).join('\t').replace(/\\r$/, '');
}
