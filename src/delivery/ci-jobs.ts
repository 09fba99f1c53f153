import { posix } from 'node:path';
import { readScript } from '../model/shell-script.ts';
import { getField, getPath, getText, type MapNode, type Node, type ScalarNode } from '../source/node.ts';
import { originSpan } from '../source/origin.ts';
import { isReadFailure, type SourceCache } from '../source/source-cache.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';
import type { BuildAction, CiJob, CiScript } from './delivery.ts';

/** The jobs of .gitlab-ci.yml, with what it includes from the repository, and of the workflows under .github. */
export function readCiJobs(top: string, sources: SourceCache): CiJob[] {
  const gitlab = readGitlab(top, '.gitlab-ci.yml', sources, new Set());
  const folder = posix.join(top, '.github/workflows');
  const workflows = sources.fileSystem.listDirectory(folder).filter((name) => /\.ya?ml$/.test(name));
  return [...gitlab, ...workflows.flatMap((name) => readWorkflow(posix.join(folder, name), sources))];
}

const gitlabScripts = ['before_script', 'script', 'after_script'];
const gitlabSettings = new Set(['include', 'variables', 'stages', 'workflow', 'image', 'services', 'cache', 'spec']);

/** A file that is not there, or no YAML, holds no jobs. */
function readGitlab(top: string, path: string, sources: SourceCache, seen: Set<string>): CiJob[] {
  const full = posix.join(top, path);
  if (seen.has(full) || !`${full}/`.startsWith(`${top}/`)) return [];
  seen.add(full);
  const root = readMap(full, sources);
  if (root === undefined) return [];
  const included = localIncludes(getField(root.node, 'include')).flatMap((each) =>
    readGitlab(top, each, sources, seen),
  );
  const own = root.node.entries.flatMap(({ key, value }): CiJob[] => {
    if (value.kind !== 'map' || gitlabSettings.has(key.value)) return [];
    const scripts = gitlabScripts.flatMap((field) => scalarsOf(getField(value, field)).map(toScript));
    if (scripts.length === 0) return [];
    return [{ system: 'gitlab', name: key.value, file: root.file, scripts, actions: [], ownToken: false }];
  });
  return [...included, ...own];
}

/** `include: path`, `include: [path, {local: path}]`; anything else is not in the repository. */
function localIncludes(node: Node | undefined): string[] {
  if (node === undefined) return [];
  if (node.kind === 'sequence') return node.items.flatMap(localIncludes);
  const path = node.kind === 'map' ? getText(node, ['local']) : node.value;
  return path === undefined || /^https?:|[*$]/.test(path) ? [] : [path.replace(/^\/+/, '')];
}

function readWorkflow(path: string, sources: SourceCache): CiJob[] {
  const root = readMap(path, sources);
  const jobs = root && getField(root.node, 'jobs');
  if (root === undefined || jobs?.kind !== 'map') return [];
  return jobs.entries.flatMap(({ key, value }): CiJob[] => {
    const list = getPath(value, ['steps']);
    const steps = list?.kind === 'sequence' ? list.items.filter((item) => item.kind === 'map') : [];
    return [
      {
        system: 'github',
        name: key.value,
        file: root.file,
        scripts: steps.flatMap((step) => scalarsOf(getField(step, 'run')).map(toScript)),
        actions: steps.flatMap(readAction),
        ownToken: steps.some(hasOwnToken),
      },
    ];
  });
}

function readAction(step: MapNode): BuildAction[] {
  const tags = getPath(step, ['with', 'tags']);
  if (!(getText(step, ['uses']) ?? '').startsWith('docker/build-push-action@') || tags?.kind !== 'scalar') return [];
  return [{ tags: tags.value, tagsAt: originSpan(tags.origin), dockerfile: getText(step, ['with', 'file']) }];
}

/** What is pushed with the workflow's own token starts no workflow. */
function hasOwnToken(step: MapNode): boolean {
  const token = getText(step, ['with', 'token']) ?? getText(step, ['with', 'ssh-key']);
  return token !== undefined && !/GITHUB_TOKEN|github\.token/.test(token);
}

function readMap(path: string, sources: SourceCache): { file: SourceFile; node: MapNode } | undefined {
  if (sources.fileSystem.stat(path)?.kind !== 'file') return undefined;
  const file = sources.read(path);
  if (isReadFailure(file)) return undefined;
  const node = sources.parseFirst(file).documents[0]?.root;
  return node?.kind === 'map' ? { file, node } : undefined;
}

function scalarsOf(node: Node | undefined): ScalarNode[] {
  if (node === undefined) return [];
  if (node.kind === 'sequence') return node.items.flatMap(scalarsOf);
  return node.kind === 'scalar' ? [node] : [];
}

function toScript(node: ScalarNode): CiScript {
  return { text: node.value, at: originSpan(node.origin), commands: readScript(node.value).commands };
}

/** Where a word of a script stands in the file; the whole script where it is written otherwise there. */
export function spanOfWord({ at }: Pick<CiScript, 'at'>, ...words: readonly string[]): Span {
  const text = at.file.text.slice(at.start, at.end);
  for (const word of words) {
    const found = word === '' ? -1 : text.indexOf(word);
    if (found >= 0) return { file: at.file, start: at.start + found, end: at.start + found + word.length };
  }
  return at;
}
