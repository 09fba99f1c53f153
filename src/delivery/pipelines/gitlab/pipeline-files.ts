import { posix } from 'node:path';
import { getField, getText, type MapNode, type Node } from '../../../source/node.ts';
import type { SourceFile } from '../../../source/source-file.ts';
import type { Repository } from '../../repository.ts';

/** One file of a pipeline. */
export interface PipelineFile {
  readonly file: SourceFile;
  readonly node: MapNode;
}

/** A file after the files that it includes, since later ones win. Nothing for a file that is missing or not YAML. */
export function readFiles(path: string, repository: Repository, seen = new Set<string>()): PipelineFile[] {
  const full = posix.join(repository.top, path);
  if (seen.has(full)) return [];
  seen.add(full);
  const root = repository.readPipeline(full);
  if (root === undefined) return [];
  const included = localIncludes(getField(root.node, 'include'), repository);
  return [...included.flatMap((each) => readFiles(each, repository, seen)), root];
}

/** The paths of `include: path` and `include: [path, {local: path}]`, with at most one `*` in the file's name. */
export function localIncludes(node: Node | undefined, repository: Repository): string[] {
  if (node === undefined) return [];
  if (node.kind === 'sequence') return node.items.flatMap((item) => localIncludes(item, repository));
  const path = node.kind === 'map' ? getText(node, ['local']) : node.value;
  if (path === undefined || /^https?:|[$[?]|\*\*/.test(path)) return [];
  const [folder, name] = [posix.dirname(path.replace(/^\/+/, '')), posix.basename(path)];
  if (!name.includes('*')) return [posix.join(folder, name)];
  const [first = '', last = '', ...more] = name.split('*');
  const names = repository
    .list(posix.join(repository.top, folder))
    .filter((each) => more.length === 0 && each.startsWith(first) && each.endsWith(last));
  return names.map((each) => posix.join(folder, each));
}
