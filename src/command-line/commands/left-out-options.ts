import { dropUndefined } from '../../collections/drop-undefined.ts';
import type { LintOptions } from '../../lint-options.ts';

type LeftOutOptions = Pick<LintOptions, 'remoteCache' | 'enableHelm' | 'helmCommand'>;

/** The options that bring remote bases and Helm charts into the build. */
export function toLeftOutOptions({ remoteCache, enableHelm, helmCommand }: LeftOutOptions): LeftOutOptions {
  return dropUndefined({ remoteCache, enableHelm, helmCommand });
}
