import { posix } from 'node:path';
import { commandsOf } from '../../shell/shell-script.ts';
import type { Words } from '../../shell/words.ts';
import { isWithin } from '../../source/files/path.ts';
import type { ScalarNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { Span } from '../../source/span.ts';
import { baseName } from '../../text/base-name.ts';
import { escapePattern } from '../../text/escape-pattern.ts';
import type { Repository } from '../repository.ts';
import type { Command } from './ci-job.ts';
import { nameCommit } from './variables.ts';

/**
 * The commands of scripts that run one after the other in one shell, each with the folder that it runs in, as far as
 * `cd` shows.
 * @param start the folder of the first command; undefined if it is not known
 * @param parse splits a script into the words of its commands
 */
export function readCommands(
  scripts: readonly ScalarNode[],
  start: string | undefined,
  repository: Repository,
  parse: (script: string) => readonly Words[] = parseShell,
): Command[] {
  let folder = start;
  return scripts.flatMap((script) => {
    if (!repository.mayRead(script.value)) return [];
    const at = originSpan(script.origin);
    const before = folder;
    // The parsed script does not show where a subshell ends, and with it the effect of its `cd`, unless it is all of it.
    const isSubshell = /\(\s*(cd|pushd)\b/.test(script.value);
    const isEndOpen = isSubshell && !/^\s*\(\s*(?:cd|pushd)\b[^()]*\)\s*$/.test(script.value);
    const commands = parse(script.value).map((words): Command => {
      const command = { words, at, folder };
      if (changesFolder(words)) folder = isEndOpen ? undefined : enter(words, folder, repository);
      return command;
    });
    if (isSubshell) folder = before;
    return commands;
  });
}

/** The words of a shell script's commands, without here-documents. */
export function parseShell(script: string): readonly Words[] {
  return commandsOf(prepare(script));
}

/** Removes here-documents, and the blanks in `${{ … }}`, which would split a word. */
function prepare(script: string): string {
  return nameCommit(withoutHereDocuments(script.split('\n')).join('\n')).replace(/\$\{\{[^{}]*\}\}/g, (expression) =>
    expression.replace(/\s+/g, ''),
  );
}

function withoutHereDocuments(lines: readonly string[]): string[] {
  const last = new Map(lines.map((line, index) => [line.trim(), index]));
  const kept: string[] = [];
  let end: string | undefined;
  for (const [index, line] of lines.entries()) {
    if (end !== undefined) {
      if (line.trim() === end) end = undefined;
      continue;
    }
    kept.push(line);
    const word = /<<-?[ \t]*["']?(\w+)/.exec(line)?.[1];
    if (word !== undefined && (last.get(word) ?? 0) > index) end = word;
  }
  return kept;
}

function changesFolder(words: Words): boolean {
  return /^(cd|pushd|popd)$/.test(words[0] ?? '');
}

/** The folder that `cd` enters, existing or not; undefined if it is outside the repository. */
function enter(words: Words, folder: string | undefined, repository: Repository): string | undefined {
  const [program, target] = words;
  if (program === 'popd' || target === undefined || target === '-') return undefined;
  const path = resolvePath({ folder }, target, repository);
  return path !== undefined && repository.kindOf(path) !== 'file' ? path : undefined;
}

const topVariables =
  /^\$(\{\{github\.workspace\}\}|\((Build\.SourcesDirectory|Build\.Repository\.LocalPath|System\.DefaultWorkingDirectory)\)|\{?(CI_PROJECT_DIR|GITHUB_WORKSPACE|BUILD_SOURCESDIRECTORY|BUILD_REPOSITORY_LOCALPATH|SYSTEM_DEFAULTWORKINGDIRECTORY)\}?)(?=\/|$)/i;

/** An input of a workflow with the text that stands for it when it is empty, as after a push. */
const inputsWithDefault = /\$\{\{\s*(?:github\.event\.)?inputs\.[\w-]+\s*\|\|\s*'([^']*)'\s*\}\}/g;

/** The absolute path that a command names; undefined if it holds a variable or pattern, or is outside the repository. */
export function resolvePath(
  { folder }: Pick<Command, 'folder'>,
  path: string,
  { top }: Repository,
): string | undefined {
  const written = path.replace(topVariables, top).replace(inputsWithDefault, (_, value: string) => value);
  if (/[$*?[~]/.test(written)) return undefined;
  const full = folder === undefined && !written.startsWith('/') ? undefined : posix.resolve(folder ?? top, written);
  return full !== undefined && isWithin(full, top) ? full : undefined;
}

/** The absolute path of a folder that exists, named from another one; undefined if it is not known. */
export function findFolder(path: string, from: string | undefined, repository: Repository): string | undefined {
  const folder = resolvePath({ folder: from }, path, repository);
  return folder !== undefined && repository.kindOf(folder) === 'directory' ? folder : undefined;
}

/** The name of the program that a command starts, without its folder. */
export function programOf({ words }: Pick<Command, 'words'>): string {
  return baseName(words[0] ?? '');
}

/** The span of the first of these words that is in the script; the whole script if none is. */
export function spanOfWord({ at }: Pick<Command, 'at'>, ...words: Words): Span {
  const text = at.file.text.slice(at.start, at.end);
  for (const word of words) {
    const found = word === '' ? null : writtenForm(word).exec(text);
    if (found) return { file: at.file, start: at.start + found.index, end: at.start + found.index + found[0].length };
  }
  return at;
}

/** A pattern for a word as it may be written: expressions of a workflow may have blanks in them. */
function writtenForm(word: string): RegExp {
  const literal = escapePattern(word);
  return new RegExp(literal.replace(/\\\$\\\{\\\{/g, '\\$\\{\\{\\s*').replace(/\\\}\\\}/g, '\\s*\\}\\}'));
}
