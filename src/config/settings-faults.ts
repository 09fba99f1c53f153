import { getField, type MapNode, type Node } from '../source/node.ts';
import { originSpan } from '../source/origin.ts';
import type { Span } from '../source/span.ts';
import { didYouMean } from '../text/did-you-mean.ts';
import { joinWords } from '../text/join-words.ts';
import type { UsageProblem } from '../usage-error.ts';
import { settingNames, validate } from './validate-config.generated.ts';

/**
 * Finds the faults in a settings file, each with its location: duplicate keys, and violations of the schema.
 * @param settings the contents of `root` as plain values
 */
export function findFaults(root: Node, settings: unknown): UsageProblem[] {
  if (root.kind !== 'map') return [notAMap(root)];
  const check = validate as unknown as ((value: unknown) => boolean) & {
    readonly errors?: readonly SchemaFault[] | null;
  };
  const refused = check(settings) ? [] : (check.errors ?? []);
  const faults = [...findRepeated(root), ...refused.map((fault) => describeFault(root, fault))];
  return faults.sort((a, b) => (a.at?.start ?? 0) - (b.at?.start ?? 0));
}

/** The parts of an ajv error that are used here. */
interface SchemaFault {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

function describeFault(root: MapNode, { instancePath, keyword, params }: SchemaFault): UsageProblem {
  const path = instancePath.split('/').slice(1).map(unescapePointer);
  const found = locate(root, path);
  const name = path.join('.');
  if (keyword === 'additionalProperties') {
    const key = String(params['additionalProperty']);
    return { message: describeUnknown(key, path), at: keySpan(found.node, key) ?? found.at };
  }
  if (keyword === 'enum' && Array.isArray(params['allowedValues'])) {
    const allowed = [...new Set(params['allowedValues'].map(String))];
    const value = found.node?.kind === 'scalar' ? found.node.value : '';
    const advice = didYouMean(value, allowed);
    return { message: `"${name}" must be one of ${allowed.join(', ')}.${advice}`, at: found.at };
  }
  if (keyword === 'required')
    return { message: `"${name}" must have the setting "${String(params['missingProperty'])}".`, at: found.at };
  return { message: `"${name}" must be ${describeTypes(params['type'])}.`, at: found.at };
}

/** @param path keys and indices of the setting that contains the unknown key */
function describeUnknown(key: string, path: readonly string[]): string {
  // All entries of a list allow the same settings.
  const setting = path.filter((step) => !/^\d+$/.test(step)).join('.');
  const allowed: readonly string[] = (settingNames as Readonly<Record<string, readonly string[]>>)[setting] ?? [];
  const suggestion = didYouMean(key, allowed);
  if (path.at(-1) === 'rules') {
    return `There is no rule "${key}".${suggestion || ' `migrate-lint rules` lists them.'}`;
  }
  const list = ` There ${allowed.length === 1 ? 'is' : 'are'} ${allowed.join(', ')}.`;
  return `There is no setting "${[...path, key].join('.')}".${suggestion || list}`;
}

const typeNames: Readonly<Record<string, readonly string[]>> = {
  array: ['a list'],
  object: ['a map'],
  string: ['text'],
  number: ['a number'],
  boolean: ['true', 'false'],
  null: ['empty'],
};

/** @param types the JSON type that ajv names, or a list of them */
function describeTypes(types: unknown): string {
  const names = [types].flat().flatMap((type) => typeNames[String(type)] ?? [String(type)]);
  return joinWords(names, 'or');
}

function notAMap(root: Node): UsageProblem {
  return { message: 'The settings must be a map, for example "applier: flux".', at: originSpan(root.origin) };
}

/** Follows a path of keys and indices; `at` is the location of the deepest node found. */
function locate(root: MapNode, path: readonly string[]): { node: Node | undefined; at: Span } {
  let node: Node | undefined = root;
  let at: Span = originSpan(root.origin);
  for (const step of path) {
    node =
      node?.kind === 'sequence' ? node.items[Number(step)] : node?.kind === 'map' ? getField(node, step) : undefined;
    if (node !== undefined) at = originSpan(node.origin);
  }
  return { node, at };
}

function keySpan(node: Node | undefined, key: string): Span | undefined {
  const entry = node?.kind === 'map' ? node.entries.find((each) => each.key.value === key) : undefined;
  return entry === undefined ? undefined : originSpan(entry.key.origin);
}

function findRepeated(node: Node): UsageProblem[] {
  if (node.kind === 'sequence') return node.items.flatMap(findRepeated);
  if (node.kind === 'scalar') return [];
  return node.entries.flatMap(({ key, value }, index) => {
    const first = node.entries.findIndex((other) => other.key.value === key.value);
    const before = node.entries[first];
    if (first === index || before === undefined) return findRepeated(value);
    const related = [{ at: originSpan(before.key.origin), note: 'first here' }];
    return [{ message: `"${key.value}" is set twice; keep one.`, at: originSpan(key.origin), related }];
  });
}

function unescapePointer(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}
