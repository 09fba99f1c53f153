import { imageOf, shortRepository } from '../../objects/image.ts';
import type { Present } from '../../objects/view.ts';
import type { Container, Workload } from '../../objects/workload.ts';
import { readInvocations } from '../../shell/command-line.ts';
import { mayBringProgram } from '../commands/brought-program.ts';

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

/** The clients of databases, and Docker Hub's images that have them. */
const clients: readonly (readonly [image: string, programs: RegExp])[] = [
  ['postgres', /^(pg_isready|psql)$/],
  ['mysql', /^(mysqladmin|mysql)$/],
  ['mariadb', /^(mariadb-admin|mariadb)$/],
  ['mongo', /^(mongosh|mongo)$/],
  ['redis', /^redis-cli$/],
];

/** Docker Hub's images without any client of a database. */
const bare = /^(busybox|alpine|debian|ubuntu)$/;

/**
 * Finds it in the init containers of a workload. Only images are judged that are known to have no client, and only if
 * nothing installs or mounts one.
 */
export function findMissingClient({ pod }: Workload): MissingClient | undefined {
  for (const container of pod.initContainers) {
    const base = shortRepository(imageOf(container).repository);
    if (!bare.test(base)) continue;
    for (const { words, loops, field } of readInvocations(container)) {
      const program = words[0] ?? '';
      const image = loops ? clients.find(([, programs]) => programs.test(program))?.[0] : undefined;
      if (image === undefined || mayBringProgram(container, program)) continue;
      return { container, program, field, image, hasNetcat: /^(busybox|alpine)$/.test(base) };
    }
  }
  return undefined;
}
