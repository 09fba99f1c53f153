import { posix } from 'node:path';
import { dropUndefined } from '../drop-undefined.ts';
import type { Dialect } from '../kustomize/dialect.ts';
import { asSentence } from '../lint/as-sentence.ts';
import { getField, isNull, type MapNode, type Node } from '../source/node.ts';
import { originSpan } from '../source/origin.ts';
import { isReadFailure, type SourceCache } from '../source/source-cache.ts';
import type { Span } from '../source/span.ts';
import {
  type Applier,
  type Config,
  type FailureThreshold,
  kustomizeLoadRestrictors,
  type LoadRestrictor,
  type Preset,
  type RuleLevel,
} from './config.ts';
import { didYouMean } from './did-you-mean.ts';
import { readVariables, resolveFolders } from './flux-settings.ts';
import { UsageError, type UsageProblem } from './usage-error.ts';
import { settingNames, validate } from './validate-config.generated.ts';

/** Reads and checks a settings file. Throws a UsageError with every fault in it and its place. */
export function readConfig(path: string, sources: SourceCache, shownAs = path): Config {
  const file = sources.read(path);
  if (isReadFailure(file))
    throw new UsageError([{ message: `The settings file ${shownAs} cannot be used: ${file.message}.` }]);
  const { documents, problems } = sources.parse(file);
  if (problems.length > 0)
    throw new UsageError(problems.map(({ message, at }) => ({ message: asSentence(message), at })));
  const root = documents[0]?.root;
  if (root === undefined || isNull(root)) return toConfig({}, new Map(), posix.dirname(path));
  const faults = root.kind === 'map' ? [...findRepeated(root), ...findFaults(root)] : [notAMap(root)];
  if (faults.length > 0) throw new UsageError(faults);
  const variables = readVariables(root.kind === 'map' ? getField(root, 'variables') : undefined);
  return toConfig(toPlain(root) as SettingsFile, variables, posix.dirname(path));
}

/** What the schema makes sure of. */
interface SettingsFile {
  readonly preset?: Preset;
  readonly rules?: Readonly<Record<string, RuleLevel>>;
  readonly overrides?: readonly {
    readonly paths: readonly string[];
    readonly rules: Readonly<Record<string, RuleLevel>>;
  }[];
  readonly applier?: Applier;
  readonly kustomize?: string | number;
  readonly loadRestrictor?: string;
  readonly remoteCache?: string;
  readonly failOn?: FailureThreshold;
  readonly sources?: Readonly<Record<string, string>>;
  readonly strictSubstitution?: boolean;
  readonly baseline?: string;
  readonly ignore?: readonly string[];
  readonly migrations?: { readonly jobs?: readonly string[] };
}

function toConfig(settings: SettingsFile, variables: Config['variables'], directory: string): Config {
  const {
    preset,
    rules,
    applier,
    kustomize,
    loadRestrictor,
    remoteCache,
    failOn,
    baseline,
    ignore,
    migrations,
    strictSubstitution,
  } = settings;
  return {
    ...dropUndefined({
      preset,
      applier,
      dialect: kustomize === undefined ? undefined : (String(kustomize) as Dialect),
      loadRestrictor:
        loadRestrictor === undefined
          ? undefined
          : (kustomizeLoadRestrictors[loadRestrictor] ?? (loadRestrictor as LoadRestrictor)),
      remoteCache: remoteCache === undefined ? undefined : posix.resolve(directory, remoteCache),
      failOn,
      strictSubstitution,
      baseline: baseline === undefined ? undefined : posix.resolve(directory, baseline),
    }),
    rules: new Map(Object.entries(rules ?? {})),
    overrides: (settings.overrides ?? []).map((each) => ({
      paths: each.paths,
      rules: new Map(Object.entries(each.rules)),
    })),
    sources: resolveFolders(settings.sources ?? {}, directory),
    variables,
    ignore: ignore ?? [],
    migrationJobs: migrations?.jobs ?? [],
    directory,
  };
}

/** What ajv tells of a fault, as far as it is used here. */
interface SchemaFault {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

function findFaults(root: MapNode): UsageProblem[] {
  const check = validate as unknown as ((value: unknown) => boolean) & {
    readonly errors?: readonly SchemaFault[] | null;
  };
  if (check(toPlain(root))) return [];
  return (check.errors ?? []).map((fault) => describeFault(root, fault));
}

function describeFault(root: MapNode, { instancePath, keyword, params }: SchemaFault): UsageProblem {
  const path = instancePath.split('/').slice(1).map(unescapePointer);
  const found = locate(root, path);
  const name = path.join('.');
  if (keyword === 'additionalProperties') {
    const key = String(params['additionalProperty']);
    // Entries of a list have the same settings.
    const setting = path.filter((step) => !/^\d+$/.test(step)).join('.');
    const allowed: readonly string[] = (settingNames as Readonly<Record<string, readonly string[]>>)[setting] ?? [];
    const what =
      path.at(-1) === 'rules'
        ? `There is no rule "${key}".`
        : `There is no setting "${name === '' ? '' : `${name}.`}${key}".`;
    const advice = didYouMean(key, allowed) || ` There ${allowed.length === 1 ? 'is' : 'are'} ${allowed.join(', ')}.`;
    return { message: what + advice, at: keySpan(found.node, key) ?? found.at };
  }
  if (keyword === 'enum' && Array.isArray(params['allowedValues'])) {
    const allowed = [...new Set(params['allowedValues'].map(String))];
    const value = found.node?.kind === 'scalar' ? found.node.value : '';
    const advice = didYouMean(value, allowed);
    return { message: `"${name}" must be one of ${allowed.join(', ')}.${advice}`, at: found.at };
  }
  if (keyword === 'required')
    return { message: `"${name}" must have the setting "${String(params['missingProperty'])}".`, at: found.at };
  return { message: `"${name}" must be ${typeNames[String(params['type'])] ?? 'something else'}.`, at: found.at };
}

const typeNames: Readonly<Record<string, string>> = { array: 'a list', object: 'a map', string: 'text' };

function notAMap(root: Node): UsageProblem {
  return { message: 'The settings must be a map, such as "applier: flux".', at: originSpan(root.origin) };
}

/** Follows a path of keys and indices; `at` is the narrowest place on it. */
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
    return [{ message: `"${key.value}" stands twice; keep one.`, at: originSpan(key.origin), related }];
  });
}

/** A node as plain values, a map without prototype; keys without a value are as good as absent. */
function toPlain(node: Node): unknown {
  if (node.kind === 'sequence') return node.items.map(toPlain);
  if (node.kind === 'map') {
    const plain: Record<string, unknown> = Object.create(null);
    for (const { key, value } of node.entries) if (!isNull(value)) plain[key.value] = toPlain(value);
    return plain;
  }
  if (node.tag === '!!bool') return node.value.toLowerCase() === 'true';
  if (node.tag === '!!int' || node.tag === '!!float') return Number(node.value);
  return isNull(node) ? null : node.value;
}

function unescapePointer(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}
