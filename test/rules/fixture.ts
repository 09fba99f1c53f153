import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../src/findings/finding.ts';
import { displayPath } from '../../src/report/display-path.ts';
import { run } from '../../src/run.ts';
import { type FileSystem, nodeFileSystem } from '../../src/source/files/file-system.ts';
import type { Span } from '../../src/source/span.ts';
import { enter, readFolder } from '../support/disk.ts';
import { throwCrashes } from '../support/lint-files.ts';

export const fixturesFolder = join(import.meta.dirname, '../../fixtures/rules');

/** One case of a rule: a tree, and what all rules find in it. */
export interface Fixture {
  readonly rule: string;
  readonly name: string;
  readonly folder: string;
}

/** Every fixture of every rule, sorted. */
export function listFixtures(): Fixture[] {
  return readdirSync(fixturesFolder)
    .sort()
    .flatMap((rule) =>
      readdirSync(join(fixturesFolder, rule))
        .sort()
        .map((name) => ({ rule, name, folder: join(fixturesFolder, rule, name) })),
    );
}

/** Lints a folder as the command does; returns its findings as text. */
export async function lintFolder(folder: string): Promise<string> {
  return writeFindings(await findingsOf(folder), folder);
}

/**
 * Writes each finding as `file:line:col-line:col severity rule message`, with its related places and its hint indented
 * below.
 */
export function writeFindings(findings: readonly Finding[], folder: string): string {
  return findings.map((finding) => writeFinding(finding, folder)).join('');
}

/** What is found in a folder. */
export async function findingsOf(folder: string): Promise<readonly Finding[]> {
  const directory = enter(folder);
  const result = await run(['.'], directory, {}, asRepository(directory));
  throwCrashes(result);
  return result.findings;
}

/** The files that a fixture's `fixed/` holds, by their path below it: those that the rule's fixes change or make. */
export function readFixed({ folder }: Fixture): ReadonlyMap<string, string> {
  const top = join(folder, 'fixed');
  const files = existsSync(top) ? [...readFolder(top)] : [];
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The machine's files, with a folder as the top of a repository, because no fixture can contain a `.git`, and without the
 * fixture's `fixed/`.
 * @param folder in the form of paths inside the program
 */
export function asRepository(folder: string): FileSystem {
  return {
    ...nodeFileSystem,
    listDirectory: (path) => nodeFileSystem.listDirectory(path).filter((name) => path !== folder || name !== 'fixed'),
    stat: (path) => (path === `${folder}/.git` ? { kind: 'directory', size: 0 } : nodeFileSystem.stat(path)),
  };
}

function writeFinding({ at, severity, rule, message, related, hint, fix }: Finding, folder: string): string {
  const lines = [`${writeSpan(at, folder)} ${severity} ${rule} ${message}`];
  for (const other of related) lines.push(`  ${writeSpan(other.at, folder)} ${other.note}`);
  if (hint !== undefined) lines.push(`  help: ${hint}`);
  if (fix !== undefined) lines.push(`  fix: ${fix.title} (--fix${fix.safe ? '' : '=all'})`);
  return `${lines.join('\n')}\n`;
}

function writeSpan({ file, start, end }: Span, folder: string): string {
  const path = displayPath(file.path, enter(folder));
  const [from, to] = [file.position(start), file.position(end)];
  return `${path}:${from.line}:${from.column}-${to.line}:${to.column}`;
}
