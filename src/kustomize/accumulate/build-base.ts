import { pushAll } from '../../collections/push-all.ts';
import type { SourceCache } from '../../source/source-cache.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { KustomizationFolder } from '../load/kustomization-folder.ts';
import type { OverriddenField } from '../load/overridden-field.ts';
import { buildLimits } from '../session/build-limits.ts';
import { tracksOrigins } from '../session/build-metadata.ts';
import type { BuildSession } from '../session/build-session.ts';
import type { EntryTrace } from '../session/entry-trace.ts';
import { accumulate } from './accumulate.ts';
import { Accumulation } from './accumulation.ts';
import { copyGathered, type Gathered } from './copy-accumulation.ts';
import type { Target } from './target.ts';

/** The result of building a base, and what the build recorded. */
interface BuiltBase extends Gathered {
  readonly folder: KustomizationFolder;
  readonly files: readonly SourceFile[];
  /** The folders of the kustomizations that the base includes. */
  readonly folders: readonly KustomizationFolder[];
  readonly entries: readonly EntryTrace[];
  readonly overridden: readonly OverriddenField[];
  readonly unknownKinds: number;
}

/** The bases built so far in a run, by dialect, load restrictor and folder. */
const caches = new WeakMap<SourceCache, Map<string, BuiltBase>>();

/**
 * Builds a base, or copies the result of an earlier build in the same run. The kustomization that includes a base
 * affects it only through what `isIndependent` and `fits` check.
 */
export function buildBase(base: Target): Accumulation {
  const { session } = base;
  if (!isIndependent(session) || base.folder.isCloned) return buildFresh(base);
  const cache = caches.get(session.sources) ?? new Map<string, BuiltBase>();
  caches.set(session.sources, cache);
  const key = `${session.context.dialect} ${session.access.loadRestrictor} ${base.folder.directory}`;
  const known = cache.get(key);
  return known !== undefined && fits(known, base) ? reuse(known, session) : buildAndCache(base, cache, key);
}

function buildFresh(base: Target): Accumulation {
  const accumulation = new Accumulation();
  accumulate(base, accumulation);
  return accumulation;
}

/**
 * Whether the result of building a base depends on nothing outside it: no custom schema, no origin annotations, nothing
 * left out so far, and no helm, since a chart is rendered for the namespace of the kustomization that includes it.
 */
function isIndependent({ schemaIsSet, metadata, notes, context }: BuildSession): boolean {
  return !schemaIsSet && !tracksOrigins(metadata) && notes.problems.length === 0 && context.helm === undefined;
}

function buildAndCache(base: Target, cache: Map<string, BuiltBase>, key: string): Accumulation {
  const { session, folder } = base;
  const { notes } = session;
  const { unknownKinds } = notes;
  const [files, folders] = [notes.files.length, notes.folders.length];
  const [replacements, entries] = [notes.replacements.length, notes.entries.length];
  const overridden = notes.overridden.length;
  const accumulation = buildFresh(base);
  const included = notes.folders.slice(folders);
  // What may be opened from inside a clone depends on the clone.
  if (isIndependent(session) && !included.some(({ isCloned }) => isCloned)) {
    cache.set(key, {
      ...copyGathered({ accumulation, replacements: notes.replacements.slice(replacements) }),
      folder,
      files: notes.files.slice(files),
      folders: included,
      entries: notes.entries.slice(entries),
      overridden: notes.overridden.slice(overridden),
      unknownKinds: notes.unknownKinds - unknownKinds,
    });
  }
  return accumulation;
}

/** Whether this build can include the base as the earlier one did, without exceeding a limit or forming a cycle. */
function fits({ folder, folders }: BuiltBase, base: Target): boolean {
  const deeper = base.folder.depth - folder.depth;
  return (
    base.session.notes.folders.length + folders.length <= buildLimits.kustomizations &&
    folders.every(({ depth, directory }) => depth + deeper <= buildLimits.depth && !base.folder.isWithin(directory))
  );
}

function reuse(known: BuiltBase, { notes }: BuildSession): Accumulation {
  const { accumulation, replacements } = copyGathered(known);
  pushAll(notes.replacements, replacements);
  pushAll(notes.files, known.files);
  pushAll(notes.folders, known.folders);
  pushAll(notes.entries, known.entries);
  pushAll(notes.overridden, known.overridden);
  notes.unknownKinds += known.unknownKinds;
  return accumulation;
}
