import { imageOf, isBareImage, shortRepository } from '../../objects/image.ts';
import type { Present } from '../../objects/view.ts';
import type { Container, Workload } from '../../objects/workload.ts';
import { readInvocations } from '../../shell/command-line.ts';
import { mayBringProgram } from '../commands/brought-program.ts';
import { imageWith } from './database-programs.ts';

/** A loop that asks a database with a program that its image does not have. */
export interface MissingClient {
  readonly container: Container;
  readonly program: string;
  /** The script that loops. */
  readonly field: Present<string>;
  /** Docker Hub's image that has the program. */
  readonly image: string;
  /** Whether the image of the container has `nc`, which looks whether a port is open. */
  readonly hasNetcat: boolean;
}

/**
 * Finds it in the init containers of a workload. Only images are judged that are known to have no client, and only if
 * nothing installs or mounts one.
 */
export function findMissingClient({ pod }: Workload): MissingClient | undefined {
  for (const container of pod.initContainers) {
    const { repository } = imageOf(container);
    if (!isBareImage(repository)) continue;
    for (const { words, loops, field } of readInvocations(container)) {
      const program = words[0] ?? '';
      const image = loops ? imageAsking(program) : undefined;
      if (image === undefined || mayBringProgram(container, program)) continue;
      return { container, program, field, image, hasNetcat: /^(busybox|alpine)$/.test(shortRepository(repository)) };
    }
  }
  return undefined;
}

/** Docker Hub's image with a program that asks a database, or a cache, which has no schema. */
function imageAsking(program: string): string | undefined {
  return program === 'redis-cli' ? 'redis' : imageWith(program);
}
