import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { Resource } from '../kustomize/resources/resource.ts';
import { mask } from '../lint/secrets/mask.ts';
import { type SecretPlaces, secretsTouching } from '../lint/secrets/secret-places.ts';
import type { Node, ScalarNode } from '../source/node.ts';
import { type Origin, originChain, originSpan } from '../source/origin.ts';
import { displayPlace } from './display-path.ts';
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
  const { kind, name, namespace, node } = resource;
  const lines = [`${kind}/${escapeText(name)}${namespace === '' ? '' : ` in ${escapeText(namespace)}`}`];
  const isSecret = (path: string) => kind === 'Secret' && /^(?:stringData|data)\b/.test(path);
  for (const [path, scalar] of scalars(node, '')) {
    const value = isSecret(path) || liesInSecret(scalar.origin, secrets) ? mask : showValue(scalar);
    const steps = [...originChain(scalar.origin)].reverse().map((origin) => describeStep(origin, base));
    // One entry may create a field and then set it; show that as one step.
    const distinct = steps.filter((step, index) => step !== steps[index - 1]);
    lines.push(`  ${escapeText(path)}: ${value}  ${distinct.join(' > ')}`);
  }
  return lines;
}

function* scalars(node: Node, path: string): Generator<[string, ScalarNode]> {
  switch (node.kind) {
    case 'scalar':
      yield [path, node];
      return;
    case 'sequence':
      for (const [index, item] of node.items.entries()) yield* scalars(item, `${path}[${index}]`);
      return;
    case 'map':
      for (const { key, value } of node.entries) yield* scalars(value, joinPath(path, key.value));
  }
}

function joinPath(path: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

function liesInSecret(origin: Origin, secrets: SecretPlaces): boolean {
  return [...originChain(origin)].some((each) => {
    const span = originSpan(each.kind === 'transformed' && each.from ? each.from : each);
    return each.kind !== 'generated' && secretsTouching(span, secrets).length > 0;
  });
}

function showValue({ value, tag }: ScalarNode): string {
  const text = tag === '!!str' && !/^[\w./:@${}-]+$/.test(value) ? JSON.stringify(value) : value;
  const safe = escapeText(text);
  return safe.length > 80 ? `${safe.slice(0, 77)}...` : safe;
}

function describeStep(origin: Origin, base: string): string {
  const place = escapeText(displayPlace(originSpan(origin), base));
  return origin.kind === 'source' ? place : `${origin.by} ${place}`;
}
