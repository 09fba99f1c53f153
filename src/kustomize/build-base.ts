import { pushAll } from '../push-all.ts';
import type { SourceCache } from '../source/source-cache.ts';
import type { SourceFile } from '../source/source-file.ts';
import { accumulate } from './accumulate.ts';
import { Accumulation } from './accumulation.ts';
import { buildLimits } from './build-limits.ts';
import { type BuildSession, tracksOrigins } from './build-session.ts';
import { copyGathered, type Gathered } from './copy-accumulation.ts';
import type { KustomizationFolder } from './load/kustomization-folder.ts';
import type { Target } from './target.ts';

/** What one build made of a base, and what it noted on the way. */
interface BuiltBase extends Gathered {
  readonly folder: KustomizationFolder;
  readonly files: readonly SourceFile[];
  /** Those that the base includes. */
  readonly folders: readonly KustomizationFolder[];
  readonly unknownKinds: number;
}

/** The bases that were built in a run, by what they depend on beside their files. */
const builtBefore = new WeakMap<SourceCache, Map<string, BuiltBase>>();

/**
 * Builds a base, or copies what an earlier build of the run made of it. Who includes a base has a say in it only by
 * what `isIndependent` and `fits` ask about.
 */
export function buildBase(base: Target): Accumulation {
  const { session } = base;
  if (!isIndependent(session) || base.folder.isCloned) return buildAnew(base);
  const bases = builtBefore.get(session.sources) ?? new Map<string, BuiltBase>();
  builtBefore.set(session.sources, bases);
  const key = `${session.context.dialect} ${session.access.loadRestrictor} ${base.folder.directory}`;
  const known = bases.get(key);
  return known !== undefined && fits(known, base) ? takeOver(known, session) : buildAndKeep(base, bases, key);
}

function buildAnew(base: Target): Accumulation {
  const accumulation = new Accumulation();
  accumulate(base, accumulation);
  return accumulation;
}

/**
 * Whether nothing that was met before bears on what a base comes to: no schema, no notes on objects, nothing left out. A
 * chart is rendered for the namespace of whoever includes its base.
 */
function isIndependent({ schemaIsSet, metadata, notes, context }: BuildSession): boolean {
  return !schemaIsSet && !tracksOrigins(metadata) && notes.problems.length === 0 && context.helm === undefined;
}

function buildAndKeep(base: Target, bases: Map<string, BuiltBase>, key: string): Accumulation {
  const { session, folder } = base;
  const { notes } = session;
  const { unknownKinds } = notes;
  const [files, folders, replacements] = [notes.files.length, notes.folders.length, notes.replacements.length];
  const accumulation = buildAnew(base);
  const included = notes.folders.slice(folders);
  // A clone has a say in what may be opened below it.
  if (isIndependent(session) && !included.some(({ isCloned }) => isCloned)) {
    bases.set(key, {
      ...copyGathered({ accumulation, replacements: notes.replacements.slice(replacements) }),
      folder,
      files: notes.files.slice(files),
      folders: included,
      unknownKinds: notes.unknownKinds - unknownKinds,
    });
  }
  return accumulation;
}

/** Whether this build may include the base as the earlier one did: within the limits, and without going in a circle. */
function fits({ folder, folders }: BuiltBase, base: Target): boolean {
  const deeper = base.folder.depth - folder.depth;
  return (
    base.session.notes.folders.length + folders.length <= buildLimits.kustomizations &&
    folders.every(({ depth, directory }) => depth + deeper <= buildLimits.depth && !base.folder.isWithin(directory))
  );
}

function takeOver(known: BuiltBase, { notes }: BuildSession): Accumulation {
  const { accumulation, replacements } = copyGathered(known);
  pushAll(notes.replacements, replacements);
  pushAll(notes.files, known.files);
  pushAll(notes.folders, known.folders);
  notes.unknownKinds += known.unknownKinds;
  return accumulation;
}
