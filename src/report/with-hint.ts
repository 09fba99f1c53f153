import type { Finding } from '../lint/finding.ts';

/** The message with the advice below it, for reports that have one field for both. */
export function withHint({ message, hint }: Finding): string {
  return hint === undefined ? message : `${message}\n${hint}`;
}
