import type { Span } from '../source/span.ts';
import { trimEnd } from '../text/trim-end.ts';
import { type ConfigObject, findConfigObject } from './config-object.ts';
import { nameOf } from './container-views.ts';
import { isPresent, type Present, type View } from './view.ts';

/** A file in a container whose text is in the tree. */
export interface MountedFile {
  readonly text: string;
  /** Where the text is written, or the entry of a generator that reads it. */
  readonly at: Span;
}

/** Finds a file by its path in a container; undefined if its text is not in the tree. */
export type FindFile = (path: string) => MountedFile | undefined;

/** Finds the files that a container mounts from ConfigMaps of the build. */
export function mountedFiles(
  mounts: View,
  volumes: readonly View[],
  config: readonly ConfigObject[],
  namespace: string | undefined,
): FindFile {
  return (path) => {
    for (const mount of mounts.items()) {
      const below = pathInVolume(path, mount);
      const volume = volumes.find((each) => nameOf(each) === nameOf(mount));
      if (below === undefined || volume === undefined) continue;
      const source = volume.get('configMap');
      const object = findConfigObject(config, 'ConfigMap', nameOf(source), namespace);
      const value = object?.keys.get(keyOf(below, source) ?? '');
      if (value?.value !== undefined) return { text: value.value, at: value.place.at };
    }
    return undefined;
  };
}

/** The names of the ConfigMaps that a container mounts. */
export function mountedConfigMaps(mounts: View, volumes: readonly View[]): Present<string>[] {
  const mounted = new Set(mounts.items().map(nameOf));
  return volumes
    .filter((volume) => mounted.has(nameOf(volume)))
    .map((volume) => volume.get('configMap', 'name').text())
    .filter(isPresent);
}

/**
 * The path in the volume of a file of the container: `wait.sh` of `/scripts/wait.sh` under the mount `/scripts`.
 * Undefined if the file is not under the mount.
 */
export function pathInVolume(path: string, mount: View): string | undefined {
  const top = trimEnd(mount.get('mountPath').text().value ?? '', '/');
  const part = mount.get('subPath').text().value;
  if (path === top) return part;
  return path.startsWith(`${top}/`) ? [part ?? [], path.slice(top.length + 1)].flat().join('/') : undefined;
}

/** The key of a file. A volume with `items` holds only these keys, under their paths. */
function keyOf(path: string, source: View): string | undefined {
  const items = source.get('items').items();
  if (items.length === 0) return path;
  return items
    .find((each) => each.get('path').text().value === path)
    ?.get('key')
    .text().value;
}
