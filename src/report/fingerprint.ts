import { createHash } from 'node:crypto';
import type { Finding } from '../findings/finding.ts';
import { type SecretPlaces, secretsTouching } from '../lint/secrets/secret-places.ts';
import { displayPath } from './display-path.ts';

/**
 * A hash that identifies a finding even if the lines above it change: of the rule, the file, the object's kind and field, and
 * the text at the location. It does not include the object's built name, which differs between roots, or a secret, which
 * could be guessed from the hash.
 */
export function fingerprint(finding: Finding, secrets: SecretPlaces, base: string): string {
  if (finding.fingerprint !== undefined) return finding.fingerprint;
  const { rule, at, object, field } = finding;
  const isSecret = secretsTouching(at, secrets).length > 0;
  const text = isSecret ? '' : at.file.text.slice(at.start, at.end);
  const parts = [rule, displayPath(at.file.path, base), object?.kind ?? '', field ?? '', text];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
