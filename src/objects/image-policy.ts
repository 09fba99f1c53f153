import type { Span } from '../source/span.ts';
import type { Place } from './place.ts';

/** The comment by which Flux's image automation finds a value to write: `# {"$imagepolicy": "flux-system:myapp:tag"}`. */
export interface ImagePolicyMarker {
  /** `NAMESPACE:NAME` of the ImagePolicy. */
  readonly policy: string;
  readonly at: Span;
}

/** The marker on a line that the value comes from: where it is written, or where a step of the build takes it from. */
export function findImagePolicy({ steps }: Place): ImagePolicyMarker | undefined {
  for (const { at } of steps) {
    const { text } = at.file;
    const lineEnd = text.indexOf('\n', at.end);
    const line = text.slice(at.start, lineEnd < 0 ? text.length : lineEnd);
    const found = marker.exec(line);
    if (found?.[1] === undefined) continue;
    const start = at.start + found.index;
    return { policy: found[1], at: { file: at.file, start, end: start + found[0].length } };
  }
  return undefined;
}

const marker = /# *\{ *"\$imagepolicy" *: *"([^":]+:[^":]+)(?::\w+)?" *\}/;
