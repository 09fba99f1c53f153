import { containerViews, nameOf } from '../../objects/container-views.ts';
import { pathInVolume } from '../../objects/mounted-file.ts';
import type { View } from '../../objects/view.ts';
import type { Workload } from '../../objects/workload.ts';

/** A script that a container starts by its path, from a ConfigMap or Secret that is mounted without the right to execute it. */
export interface UnexecutableScript {
  readonly container: string;
  /** The program of the command. */
  readonly program: View;
  readonly volume: View;
}

/** Finds the first such script of each container. */
export function findUnexecutableScripts({ pod: { view } }: Workload): UnexecutableScript[] {
  const volumes = view.get('volumes').items();
  return containerViews(view).flatMap((container): UnexecutableScript[] => {
    const [program] = container.get('command').items();
    const path = program?.text().value ?? '';
    if (program === undefined || !path.startsWith('/')) return [];
    for (const mount of container.get('volumeMounts').items()) {
      const volume = volumes.find((each) => nameOf(each) === nameOf(mount));
      const below = pathInVolume(path, mount);
      if (volume === undefined || below === undefined) continue;
      const source = volume.get('configMap').exists ? volume.get('configMap') : volume.get('secret');
      return source.exists && !isExecutable(source, below) ? [{ container: nameOf(container), program, volume }] : [];
    }
    return [];
  });
}

/** Whether the mode of a file lets anybody execute it. Without one it is 0644. */
function isExecutable(source: View, path: string): boolean {
  const item = source
    .get('items')
    .items()
    .find((each) => each.get('path').text().value === path);
  const mode = item?.get('mode').exists ? item.get('mode') : source.get('defaultMode');
  if (!mode.exists) return false;
  const value = readMode(mode.text().value ?? '');
  // A mode that cannot be read, such as a variable, may be anything.
  return value === undefined || (value & 0o111) !== 0;
}

/** `0755` and `0o755` are octal, as in YAML 1.1 and 1.2; `493` is decimal. */
function readMode(text: string): number | undefined {
  const octal = /^0o?([0-7]+)$/.exec(text)?.[1];
  if (octal !== undefined) return Number.parseInt(octal, 8);
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
