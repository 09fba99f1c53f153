import { getField, type MapNode, type Node, type ScalarNode } from '../../source/node.ts';
import { type Origin, originSpan } from '../../source/origin.ts';
import type { Span } from '../../source/span.ts';
import type { KustomizationFiles } from '../load/kustomization-files.ts';
import { firstKeySpan, scalarItems } from '../load/read-field.ts';
import { BuildError } from '../problem.ts';
import type { Resource } from '../resources/resource.ts';
import { formatId } from '../resources/resource-id.ts';
import type { ResourceSet } from '../resources/resource-set.ts';
import type { BuildContext } from '../session/build-context.ts';
import { buildLimits } from '../session/build-limits.ts';
import { unlessLeftOut } from '../session/left-out.ts';
import { enterScalar, writeIntoText } from './embedded/embedded-yaml.ts';
import { splitFieldPath } from './field-path.ts';
import { type Field, type FindOptions, findFields, rootField } from './find-fields.ts';
import { findSource } from './find-source.ts';
import { followPath } from './follow-path.ts';
import { NamedObjects } from './named-objects.ts';
import { type FieldOptions, readFieldOptions, readReplacements } from './read-replacement.ts';
import type { ReplacementTrace, TargetTrace, WriteTrace } from './replacement-trace.ts';
import { selectTargets } from './select-targets.ts';
import { keepsType, replacedOrigin, type Writing, writeField } from './write-field.ts';

/** Applies the entries of `replacements:` in order. One in a file that is not here is left out. */
export function applyReplacements(
  resources: ResourceSet,
  entries: readonly MapNode[],
  files: KustomizationFiles,
  context: BuildContext,
): void {
  const objects = new NamedObjects(resources);
  for (const entry of entries) {
    context.traceReplacements(unlessLeftOut(context, () => applyReplacement(objects, entry, files, context)) ?? []);
  }
}

/**
 * Applies one entry of `replacements:`, which may name a file with several replacements, and returns what each did.
 *
 * The value is read once and written into every field that the targets select. A target that selects no object is
 * silently skipped; a path without a field in a selected object is a BuildError, unless `create` creates it.
 * Follows kustomize's ReplacementTransformer.
 */
function applyReplacement(
  objects: NamedObjects,
  entry: MapNode,
  files: KustomizationFiles,
  context: BuildContext,
): ReplacementTrace[] {
  return readReplacements(entry, files).map((replacement) => {
    const targets = targetsOf(replacement);
    const { value, resource: source } = findSource(objects, replacement, context);
    const traces = targets.map((target) => applyTarget(objects, target, value, context));
    return { replacement, source, value, targets: traces };
  });
}

function targetsOf(replacement: MapNode): MapNode[] {
  const targets = getField(replacement, 'targets');
  if (targets?.kind === 'sequence') return targets.items.filter((item) => item.kind === 'map');
  throw new BuildError(
    'this replacement has no `targets`; say which fields of which objects are to be changed',
    targets === undefined ? firstKeySpan(replacement) : originSpan(targets.origin),
  );
}

function applyTarget(objects: NamedObjects, target: MapNode, value: Node, context: BuildContext): TargetTrace {
  const at = originSpan(target.origin);
  context.checkTime(at);
  const selected = selectTargets(objects, target, context);
  const writes = selected.flatMap((resource) => {
    context.checkTime(at);
    return fieldPathsOf(target).map((path) => writePath(new TargetPath(resource, target, path), value, context));
  });
  for (const resource of selected) objects.refresh(resource);
  return { target, selected, writes };
}

/** The paths of a target; undefined stands for the default, the name. */
function fieldPathsOf(target: MapNode): (ScalarNode | undefined)[] {
  const paths = scalarItems(target, 'fieldPaths');
  return paths.length > 0 ? paths : [undefined];
}

/** One field path of a target, in one object. */
class TargetPath {
  readonly resource: Resource;
  readonly fieldPath: ScalarNode | undefined;
  readonly options: FieldOptions;
  readonly text: string;
  readonly steps: readonly string[];
  readonly origin: Origin;

  constructor(resource: Resource, target: MapNode, fieldPath: ScalarNode | undefined) {
    this.resource = resource;
    this.fieldPath = fieldPath;
    this.options = readFieldOptions(target);
    this.text = fieldPath?.value ?? 'metadata.name';
    this.steps = splitFieldPath(this.text);
    this.origin = (fieldPath ?? target).origin;
  }

  /** The configuration of the change. */
  get at(): Span {
    return originSpan(this.origin);
  }

  fail(reason: string): BuildError {
    const { id, node } = this.resource;
    return new BuildError(`cannot find \`${this.text}\` in ${formatId(id)}: ${reason}`, this.at, [
      { at: originSpan(node.origin), note: 'the object that this target selects' },
    ]);
  }
}

function writePath(path: TargetPath, value: Node, context: BuildContext): WriteTrace {
  const { resource, fieldPath, options } = path;
  const findOptions: FindOptions = {
    create: options.create ? value.kind : undefined,
    origin: replacedOrigin(path.at, value.origin, undefined),
    at: path.at,
    enterScalar: readsEmbeddedYaml(context) ? enterScalar : undefined,
  };
  const writing: Writing = { at: path.at, depth: path.steps.length, growth: context.growth };
  if (readsEmbeddedYaml(context)) {
    const text = writeIntoText(resource.node, path.steps, value, findOptions, {
      ...writing,
      part: embeddedPart(path, context),
    });
    if (text) return { resource, fieldPath, fields: [text] };
  }
  const fields = findAll(path, findOptions, context).map((field) => {
    const written = writeField(field, value, options, writing);
    if (!field.isLost && !isAnnotation(path)) refuseOtherType(written, path);
    return written;
  });
  return { resource, fieldPath, fields };
}

/** Since 5.8, a scalar on the path is parsed as YAML or JSON, and the path continues inside of it. */
function readsEmbeddedYaml({ dialect }: BuildContext): boolean {
  return dialect !== '5.7';
}

/** The part of a field inside of a scalar that is written: before 5.8.2 always the whole. */
function embeddedPart({ options }: TargetPath, { dialect }: BuildContext): FieldOptions {
  return dialect === '5.8' ? { ...options, delimiter: '' } : options;
}

function findAll(path: TargetPath, options: FindOptions, context: BuildContext): Field[] {
  if (path.steps.length > buildLimits.nesting) {
    throw path.fail(`it has more than ${buildLimits.nesting} steps, which migrate-lint does not follow`);
  }
  const fields = followPath(
    path.text,
    (steps) => findFields(rootField({ root: path.resource.node }), steps, options),
    (reason) => path.fail(reason),
    context,
  );
  if (fields.length > 0) return fields;
  throw path.fail('no such field; correct the path, add the field, or set `options: {create: true}`');
}

/** Annotations may change type, since they all become strings at the end of the build. */
function isAnnotation({ steps }: TargetPath): boolean {
  return steps.length === 3 && steps[0] === 'metadata' && steps[1] === 'annotations';
}

function refuseOtherType(node: Node, path: TargetPath): void {
  if (node.kind !== 'scalar' || keepsType(node)) return;
  const what = typeNames.get(node.tag) ?? 'of another type';
  const { input, from } = node.origin as { input?: Origin; from?: Origin };
  throw new BuildError(
    `\`${node.value}\` cannot be written here: the field is ${what}, and keeps its type; quote its value to make it a text`,
    path.at,
    // Reports redact values at these locations if they are in a Secret.
    [
      ...(input ? [{ at: originSpan(input), note: 'the field' }] : []),
      ...(from ? [{ at: originSpan(from), note: 'the value' }] : []),
    ],
  );
}

const typeNames: ReadonlyMap<string, string> = new Map([
  ['!!int', 'an integer'],
  ['!!float', 'a number'],
  ['!!bool', 'true or false'],
  ['!!null', 'null'],
  ['!!timestamp', 'a date'],
]);
