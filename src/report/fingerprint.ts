import { createHash } from 'node:crypto';
import type { Finding } from '../lint/finding.ts';
import type { SecretPlaces } from '../lint/secret-places.ts';
import { displayPath } from './display-path.ts';

/**
 * What makes a finding the same one after the lines above it have changed: the rule, the file, the object's kind and
 * field, and the text that is pointed at. The object's built name is left out, as it differs from root to root; so
 * is a secret, which somebody could find again by trying.
 */
export function fingerprint(finding: Finding, secrets: SecretPlaces, base: string): string {
  if (finding.fingerprint !== undefined) return finding.fingerprint;
  const { rule, at, object, field } = finding;
  const secret = secrets.within(at.file).some((range) => range.start < at.end && at.start < range.end);
  const text = secret ? '' : at.file.text.slice(at.start, at.end);
  const parts = [rule, displayPath(at.file.path, base), object?.kind ?? '', field ?? '', text];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
