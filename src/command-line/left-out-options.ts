import { dropUndefined } from '../drop-undefined.ts';
import type { LintOptions } from '../lint-options.ts';

type LeftOutOptions = Pick<LintOptions, 'remoteCache' | 'enableHelm' | 'helmCommand'>;

/** The options about parts of a tree that are left out without them. */
export function toLeftOutOptions({ remoteCache, enableHelm, helmCommand }: LeftOutOptions): LeftOutOptions {
  return dropUndefined({ remoteCache, enableHelm, helmCommand });
}
