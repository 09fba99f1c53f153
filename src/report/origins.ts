import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { Resource } from '../kustomize/resources/resource.ts';
import type { SecretPlaces } from '../lint/secrets/secret-places.ts';
import { builtValues, describeSteps, nameObject, showValue } from './built-value.ts';
import { escapeText } from './escape-text.ts';

/**
 * Lists every value of a build on its own line, with where it was written and each step that changed it:
 * `metadata.name: staging-app  base/app.yaml:4:9 > name prefix staging/kustomization.yaml:3:13`.
 */
export function writeOrigins(root: BuiltRoot, base: string, secrets: SecretPlaces): string {
  return root.resources
    .map((resource) => describeObject(resource, base, secrets).join('\n'))
    .join('\n\n')
    .concat('\n');
}

function describeObject(resource: Resource, base: string, secrets: SecretPlaces): string[] {
  const lines = [nameObject(resource)];
  for (const value of builtValues(resource.node)) {
    const shown = showValue(resource, value, secrets);
    lines.push(`  ${escapeText(value.path)}: ${shown}  ${describeSteps(value, base).join(' > ')}`);
  }
  return lines;
}
