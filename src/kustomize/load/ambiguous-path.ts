import { posix } from 'node:path';
import type { Span } from '../../source/span.ts';
import { BuildError } from '../problem.ts';
import type { BuildContext } from '../session/build-context.ts';

/**
 * Checks the path of a base or component for a name with two dots in it, which kustomize refuses since 5.8.2. Two entries
 * leave one behind if the second is indented more: `../../base - ../../shared`, which means `../../shared`. Before that,
 * kustomize silently builds only this.
 */
export function checkPath(path: string, listedAt: Span, { dialect, report }: BuildContext): void {
  if (!path.split('/').some((part) => part !== '..' && part.includes('..'))) return;
  const [first, second, ...more] = path.split(' - ');
  const isJoined = first !== undefined && second !== undefined && more.length === 0;
  const repair = `write \`${first}\` and \`${second}\` one below the other, with the same indentation`;
  if (dialect === '5.8.2') {
    throw new BuildError(
      `\`${path}\` has \`..\` in a name, which kustomize refuses since 5.8.2; ${isJoined ? repair : 'rename the folder'}`,
      listedAt,
    );
  }
  const left = posix.normalize(path);
  if (!isJoined || left.includes(' - ')) return;
  const message = `\`${path}\` is two entries that became one: kustomize reads only \`${left}\`, and what \`${first}\` would add is missing; ${repair}`;
  report({ kind: 'incomplete', message, at: listedAt, related: [], lacks: 'nothing' });
}
