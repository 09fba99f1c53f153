import { posix } from 'node:path';
import { dropUndefined } from '../collections/drop-undefined.ts';
import type { Dialect } from '../kustomize/dialect.ts';
import { getField, isNull, type Node } from '../source/node.ts';
import { isReadFailure, type SourceCache } from '../source/source-cache.ts';
import { asSentence } from '../text/as-sentence.ts';
import { UsageError } from '../usage-error.ts';
import {
  type Applier,
  type Config,
  type FailureThreshold,
  kustomizeLoadRestrictors,
  type LoadRestrictor,
  type Preset,
  type RuleLevel,
} from './config.ts';
import { readVariables, resolveFolders } from './flux-settings.ts';
import { findFaults } from './settings-faults.ts';

/** Reads and validates a settings file. Throws a UsageError with every fault and its location. */
export function readConfig(path: string, sources: SourceCache, shownAs = path): Config {
  const file = sources.read(path);
  if (isReadFailure(file)) throw new UsageError(`The settings file ${shownAs} cannot be used: ${file.message}.`);
  const { documents, problems } = sources.parse(file);
  if (problems.length > 0)
    throw new UsageError(problems.map(({ message, at }) => ({ message: asSentence(message), at })));
  const root = documents[0]?.root;
  if (root === undefined || isNull(root)) return toConfig({}, new Map(), posix.dirname(path));
  const settings = toPlain(root);
  const faults = findFaults(root, settings);
  if (faults.length > 0) throw new UsageError(faults);
  const variables = readVariables(root.kind === 'map' ? getField(root, 'variables') : undefined);
  return toConfig(settings as SettingsFile, variables, posix.dirname(path));
}

/** The shape that the schema guarantees. */
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

/** Converts a node to plain values, with maps as objects without a prototype. Keys without a value are dropped. */
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
