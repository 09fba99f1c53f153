// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables are named as scripts write them.

import type { Words } from '../../shell/words.ts';
import { mapEntries, type Node } from '../../source/node.ts';
import type { Command } from './ci-job.ts';

/** The values of variables by the names that pipelines use: `IMAGE_TAG`, `matrix.image`, `inputs.tag`. */
export type Variables = ReadonlyMap<string, string>;

/** A variable and a value that it is set to. */
export type Setting = readonly [name: string, value: string];

/** The jobs of a matrix that are read: GitHub's own limit. GitLab's is lower, and Azure has none. */
export const mostVariants = 256;

/** Stands for the host of a registry that a pipeline knows by another name only, such as that of a service connection. */
export const unknownRegistry = '$(Docker.Registry)';

const reference =
  /\$\{\{(?<expression>[^{}]*)\}\}|\$\{(?<braced>[A-Za-z_]\w*)\}|\$\((?<macro>[A-Za-z_][\w.-]*)\)|\$(?<bare>[A-Za-z_]\w*)/g;
/** How deep variables may refer to others, and how many are filled in for one text. */
const depthLimit = 8;
const countLimit = 200;

/**
 * Fills in the variables that the pipeline sets, and writes the others in a uniform format: `$TAG` as `${TAG}`, `${{
 * github.sha }}` as `${GITHUB_SHA}`, `$(Build.BuildId)` as `${BUILD_BUILDID}`.
 */
export function expand(text: string, variables: Variables): string {
  return fillIn(text, variables, 0, { left: countLimit });
}

function fillIn(text: string, variables: Variables, depth: number, budget: { left: number }): string {
  return text.replace(reference, (_whole, ...rest: unknown[]) => {
    const { expression, braced, macro, bare } = rest.at(-1) as Record<string, string | undefined>;
    const name = braced ?? bare ?? (macro === undefined ? nameOf((expression ?? '').trim()) : environmentName(macro));
    const value = depth < depthLimit && budget.left-- > 0 ? variables.get(name) : undefined;
    if (value !== undefined && value !== text) return fillIn(value, variables, depth + 1, budget);
    return /^\w+$/.test(name) ? `\${${name}}` : `\${{${name}}}`;
  });
}

/** The variable that an expression of a workflow stands for: `env.TAG` is `TAG`, `github.ref_name` is `GITHUB_REF_NAME`. */
function nameOf(expression: string): string {
  const [, context, name] = /^(env|vars|github)\.(\w+)$/.exec(expression) ?? [];
  if (name === undefined) return expression.replace(/\s+/g, '');
  return context === 'github' ? `GITHUB_${name.toUpperCase()}` : name;
}

/** The name by which scripts know a variable of Azure Pipelines, where case does not count. */
export function environmentName(name: string): string {
  return name.toUpperCase().replace(/[.-]/g, '_');
}

/**
 * Replaces the commands by which scripts get the current commit, whole or shortened, with variables: `$(git rev-parse
 * --short HEAD)`, `${GITHUB_SHA::7}`. Short ids of different lengths are not distinguished.
 */
export function nameCommit(script: string): string {
  return script
    .replace(/\$\(\s*git rev-parse (?:--verify )?HEAD\s*\)|`git rev-parse HEAD`/g, commit)
    .replace(/\$\(\s*git rev-parse --short(?:=\d+)? HEAD\s*\)|`git rev-parse --short(?:=\d+)? HEAD`/g, shortCommit)
    .replace(/\$\{(?:GITHUB_SHA|CI_COMMIT_SHA|BUILD_SOURCEVERSION|GIT_COMMIT):0?:\d+\}/g, shortCommit)
    .replace(
      /\$\(\s*echo "?\$(?:\(Build\.SourceVersion\)|\{?(?:GITHUB_SHA|CI_COMMIT_SHA|BUILD_SOURCEVERSION)\}?)"? \| (?:cut -c ?1-|head -c ?)\d+\s*\)/g,
      shortCommit,
    );
}

// Functions, since `$` has a meaning in a replacement text.
const commit = (): string => '${GIT_HEAD}';
const shortCommit = (): string => '${GIT_HEAD_SHORT}';

/** Gives the commit one name, whatever the pipeline calls it. */
export function uniteCommits(expanded: string): string {
  return expanded
    .replace(/\$\{(GITHUB_SHA|CI_COMMIT_SHA|BUILD_SOURCEVERSION|GIT_COMMIT)\}/g, commit)
    .replace(/\$\{CI_COMMIT_SHORT_SHA\}/g, shortCommit);
}

/** A text for messages, with the command for the commit. */
export function describeExpanded(expanded: string): string {
  return expanded
    .replace(/\$\{GIT_HEAD\}/g, () => '$(git rev-parse HEAD)')
    .replace(/\$\{GIT_HEAD_SHORT\}/g, () => '$(git rev-parse --short HEAD)');
}

/** Whether a text depends on the output of a step or command of the running pipeline. */
export function isUnknown(expanded: string): boolean {
  return expanded.includes('$()') || /\$\{\{(?!matrix\.)/.test(expanded);
}

/**
 * Whether a text holds only variables with the same value in every job of a run: those of GitLab, GitHub, Azure or
 * Jenkins, and the commit.
 */
export function isPlain(text: string): boolean {
  const rest = text.replace(
    /\$\{((CI|GITHUB)_(?!JOB)\w+|BUILD_(BUILD|SOURCE|DEFINITION|REPOSITORY_)\w+|BUILD_NUMBER|GIT_COMMIT|GIT_HEAD(_SHORT)?)\}/g,
    '',
  );
  return !isUnknown(text) && !/[$\\&`*]/.test(rest) && !text.startsWith('type=');
}

/** The entries of a map of YAML, each with the text that `read` finds in its value; without those that have none. */
export function mapTexts(node: Node | undefined, read: (value: Node) => string | undefined): Variables {
  return new Map(
    mapEntries(node).flatMap(({ key, value }) => {
      const text = read(value);
      return text === undefined ? [] : [[key.value, text] as const];
    }),
  );
}

/** Merges maps; later ones win. */
export function unite(...maps: readonly Variables[]): Variables {
  return new Map(maps.flatMap((map) => [...map]));
}

/** Variables by all that they are set to. One that is set to different values is unknown, like the output of a command. */
export function variablesFrom(settings: Iterable<Setting>): Variables {
  const found = new Map<string, string>();
  for (const [name, value] of settings) found.set(name, (found.get(name) ?? value) === value ? value : '$()');
  return found;
}

/** What commands set for the rest of their job: `TAG=v1`, `export TAG=v1`, and `echo "TAG=v1" >> $GITHUB_ENV`. */
export function assignments(commands: readonly Pick<Command, 'words'>[]): Setting[] {
  return commands.flatMap(({ words }) => {
    const settings = settingsIn(words, assignment);
    const isKept = settings.length === words.length || words[0] === 'export' || echoesTo('GITHUB_ENV', words);
    return isKept ? settings : [];
  });
}

/** The outputs that a step's commands set: `echo "tag=v1" >> $GITHUB_OUTPUT`. */
export function outputsOf(commands: readonly Pick<Command, 'words'>[]): Setting[] {
  return commands.flatMap(({ words }) => (echoesTo('GITHUB_OUTPUT', words) ? settingsIn(words, output) : []));
}

function echoesTo(file: string, words: Words): boolean {
  return words[0] === 'echo' && words.some((word) => word.includes(file));
}

function settingsIn(words: Words, form: RegExp): Setting[] {
  return words.flatMap((word): Setting[] => {
    const { name, value } = form.exec(word)?.groups ?? {};
    return name === undefined || value === undefined ? [] : [[name, value]];
  });
}

const assignment = /^(?<name>[A-Za-z_]\w*)=(?<value>.*)$/s;
/** Names of outputs may have dashes. */
const output = /^(?<name>[A-Za-z_][\w-]*)=(?<value>.*)$/s;
