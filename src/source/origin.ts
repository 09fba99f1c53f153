import type { Span } from './span.ts';

/**
 * Where a key or value of a built object came from, and every step that changed it since.
 *
 * An origin is immutable and shared: copies of a node point at the same origin, and a step that changes a
 * value gives its node a new origin whose `input` is the old one. So the chain is a linked list that ends in a
 * `source` or a `generated` origin.
 */
export type Origin = SourceOrigin | GeneratedOrigin | TransformedOrigin;

/** Written by somebody at this place of a file. */
export interface SourceOrigin extends Span {
  readonly kind: 'source';
}

/** Made by the build where no file holds the text, such as a generated ConfigMap's `kind` or a content hash. */
export interface GeneratedOrigin {
  readonly kind: 'generated';
  readonly by: Step;
  /** What asked for it: the generator's entry in a kustomization file. */
  readonly configuredIn: Span;
}

/** A value that was there and was changed by a step of the build. */
export interface TransformedOrigin {
  readonly kind: 'transformed';
  readonly by: Step;
  /** What asked for the change: `namePrefix:` in a kustomization file, the patch's value, the replacement's target. */
  readonly configuredIn: Span;
  /** What the value was before; undefined where the step added a value that had not been there. */
  readonly input: Origin | undefined;
  /** Where the new value itself comes from, if from somewhere: a replacement's source value. */
  readonly from?: Origin;
}

/** The kinds of step that make or change values, named as kustomize and Flux name them. */
export type Step =
  | 'annotations'
  | 'configMapGenerator'
  | 'content hash'
  | 'generator'
  | 'helm chart'
  | 'iamPolicyGenerator'
  | 'image'
  | 'json patch'
  | 'labels'
  | 'name prefix'
  | 'name reference'
  | 'name suffix'
  | 'namespace'
  | 'build metadata'
  | 'replacement'
  | 'replicas'
  | 'secretGenerator'
  | 'strategic merge patch'
  | 'substitution'
  | 'value add'
  | 'variable';

/** The origin of something written at a span. */
export function sourceOrigin(span: Span): SourceOrigin {
  return { kind: 'source', file: span.file, start: span.start, end: span.end };
}

/** The chain from the last step back to where the value was first written or made. */
export function* originChain(origin: Origin): Generator<Origin> {
  let current: Origin | undefined = origin;
  while (current !== undefined) {
    yield current;
    current = current.kind === 'transformed' ? current.input : undefined;
  }
}

/** The place of a file that an origin names itself: where it was written, or what configured it. */
export function originSpan(origin: Origin): Span {
  return origin.kind === 'source' ? origin : origin.configuredIn;
}
