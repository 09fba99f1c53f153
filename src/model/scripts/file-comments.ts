import { oncePer } from '../../collections/once.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';

/** The comments of a file that have a line of their own, without the `#`. */
export function commentsOf(file: SourceFile): string {
  return file.text
    .split('\n')
    .flatMap((line) => /^\s*#+(.*)/.exec(line)?.[1] ?? [])
    .join('\n');
}

/** The comment after a value, on its line, without the `#`. */
export function commentAfter({ file, end }: Span): string {
  const line = file.text.slice(end).split('\n', 1)[0] ?? '';
  return /^,?\s+#+(.*)/.exec(line)?.[1] ?? '';
}

/**
 * Whether comments of a Job's file say that its Flux Kustomization, which may be in another repository, has
 * `force: true`. Read once, since a file may hold many Jobs.
 */
export const mentionsForce = oncePer((file: SourceFile): boolean => /\bforce:\s*true\b/i.test(commentsOf(file)));
