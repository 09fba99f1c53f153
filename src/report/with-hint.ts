import type { Finding } from '../findings/finding.ts';

/** The message followed by the hint, for formats with a single field for both. */
export function withHint({ message, hint }: Finding): string {
  return hint === undefined ? message : `${message}\n${hint}`;
}
