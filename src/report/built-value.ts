import type { Resource } from '../kustomize/resources/resource.ts';
import { mask } from '../lint/secrets/mask.ts';
import { type SecretPlaces, secretsTouching } from '../lint/secrets/secret-places.ts';
import type { Node, ScalarNode } from '../source/node.ts';
import { type Origin, originChain, originSpan } from '../source/origin.ts';
import { displayPlace } from './display-path.ts';
import { escapeText } from './escape-text.ts';

/** A scalar of a built object, and where it is: `spec.template.spec.containers[0].image`. */
export interface BuiltValue {
  readonly path: string;
  readonly scalar: ScalarNode;
}

/** All scalars of an object, in its order. */
export function* builtValues(node: Node, path = ''): Generator<BuiltValue> {
  switch (node.kind) {
    case 'scalar':
      yield { path, scalar: node };
      return;
    case 'sequence':
      for (const [index, item] of node.items.entries()) yield* builtValues(item, `${path}[${index}]`);
      return;
    case 'map':
      for (const { key, value } of node.entries) yield* builtValues(value, joinPath(path, key.value));
  }
}

function joinPath(path: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

/** The object of a build in words: `Deployment/shop in prod`. */
export function nameObject({ kind, name, namespace }: Resource): string {
  return `${kind}/${escapeText(name)}${namespace === '' ? '' : ` in ${escapeText(namespace)}`}`;
}

/** A value on one line, shortened; masked if it is secret. */
export function showValue({ kind }: Resource, { path, scalar }: BuiltValue, secrets: SecretPlaces): string {
  const isSecret = kind === 'Secret' && /^(?:stringData|data)\b/.test(path);
  if (isSecret || liesInSecret(scalar.origin, secrets)) return mask;
  const { value, tag } = scalar;
  const text = tag === '!!str' && !/^[\w./:@${}-]+$/.test(value) ? JSON.stringify(value) : value;
  const safe = escapeText(text);
  return safe.length > 80 ? `${safe.slice(0, 77)}...` : safe;
}

function liesInSecret(origin: Origin, secrets: SecretPlaces): boolean {
  return [...originChain(origin)].some((each) => {
    const span = originSpan(each.kind === 'transformed' && each.from ? each.from : each);
    return each.kind !== 'generated' && secretsTouching(span, secrets).length > 0;
  });
}

/** Where a value was written, and each step that changed it: `name prefix staging/kustomization.yaml:3:13`. */
export function describeSteps({ scalar }: BuiltValue, base: string): string[] {
  const steps = [...originChain(scalar.origin)].reverse().map((origin) => describeStep(origin, base));
  // One entry may create a field and then set it; show that as one step.
  return steps.filter((step, index) => step !== steps[index - 1]);
}

function describeStep(origin: Origin, base: string): string {
  const place = escapeText(displayPlace(originSpan(origin), base));
  return origin.kind === 'source' ? place : `${origin.by} ${place}`;
}
