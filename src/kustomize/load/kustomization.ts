import { pushAll } from '../../collections/push-all.ts';
import { kustomizationNames } from '../../discover/kustomization-names.ts';
import {
  findEntry,
  getField,
  getText,
  isNull,
  type MapNode,
  removeField,
  type ScalarNode,
  type SequenceNode,
} from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { SourceCache } from '../../source/source-cache.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';
import { describeKind } from '../describe-kind.ts';
import type { Dialect } from '../dialect.ts';
import { BuildError, type BuildProblem } from '../problem.ts';
import { moveDeprecatedFields } from './deprecated-fields.ts';
import { firstDocument } from './first-document.ts';
import { takeFluxFields } from './flux-fields.ts';
import type { KustomizationFolder } from './kustomization-folder.ts';
import { kustomizationSchema } from './kustomization-schema.ts';
import { findOverridden, type OverriddenField } from './overridden-field.ts';
import { fieldSpan, filledScalar, mapField, mapItems, scalarItems } from './read-field.ts';
import { shapeFields } from './shape-fields.ts';
import { amendedKustomizationRules, kustomizationRules, type ShapeRules } from './shape-rules.ts';

/**
 * Changes the built folder's kustomization before the build: Flux writes its own settings into it, and generates one if
 * the folder has none. Both methods may throw a BuildError.
 */
export interface KustomizationAmendment {
  /** Generates the kustomization of a folder without one, in the shapes of `kustomization-schema.ts`. */
  generate(folder: KustomizationFolder): { readonly file: SourceFile; readonly fields: MapNode };
  /** Changes the fields of the existing one in place, before deprecated fields are moved. */
  amend(fields: MapNode, folder: KustomizationFolder): void;
}

type KustomizationType = Pick<Kustomization, 'kind' | 'faults'>;

/**
 * The content of a kustomization file: its fields in the shapes of `kustomization-schema.ts`. Deprecated fields that
 * kustomize itself rewrites have been moved (`bases` to `resources`, `imageTags` to `images`, `env` to `envs`,
 * `helmChartInflationGenerator` to `helmCharts`).
 */
export class Kustomization {
  readonly file: SourceFile;
  readonly kind: 'Kustomization' | 'Component';
  readonly fields: MapNode;
  /** What kustomize refuses, and what the build goes on without: `kind` and `apiVersion`, with corrections, and fields of Flux. */
  readonly faults: readonly BuildProblem[];
  /** The fields that have no effect because they are set again. */
  readonly overridden: readonly OverriddenField[];

  constructor(
    file: SourceFile,
    { kind, faults }: KustomizationType,
    fields: MapNode,
    overridden: readonly OverriddenField[] = [],
  ) {
    this.file = file;
    this.kind = kind;
    this.faults = faults;
    this.overridden = overridden;
    this.fields = fields;
  }

  /** A string field that is set and not empty. */
  text(name: string): ScalarNode | undefined {
    return filledScalar(this.fields, name);
  }

  /** The items of a list of strings. */
  strings(name: string): ScalarNode[] {
    return scalarItems(this.fields, name);
  }

  /** The items of a list of maps. */
  maps(name: string): MapNode[] {
    return mapItems(this.fields, name);
  }

  /** A list that is set, even if empty. */
  list(name: string): SequenceNode | undefined {
    const value = getField(this.fields, name);
    return value?.kind === 'sequence' ? value : undefined;
  }

  /** A map that is set, even if empty. */
  map(name: string): MapNode | undefined {
    return mapField(this.fields, name);
  }

  /** The location of a field's key; the start of the file if the field is absent. */
  keySpan(name: string): Span {
    const entry = findEntry(this.fields, name);
    return entry === undefined ? { file: this.file, start: 0, end: 0 } : originSpan(entry.key.origin);
  }
}

/**
 * The name of the only kustomization file in a folder. Throws a BuildError at `listedAt` if there is none, or several.
 */
function findKustomizationFile(folder: KustomizationFolder, listedAt: Span): string {
  const found = kustomizationNames.filter((name) => folder.hasFile(name));
  const [name, other] = found;
  const subject = folder.listedAs === '' ? 'this folder' : `the folder \`${folder.listedAs}\``;
  if (name === undefined) {
    const meant = folder.findFileLike('kustomization.yaml');
    const advice =
      meant === undefined ? 'add a `kustomization.yaml` to it' : `rename its \`${meant}\` to \`kustomization.yaml\``;
    throw new BuildError(`${subject} has no kustomization file; ${advice}`, listedAt);
  }
  if (other !== undefined) {
    throw new BuildError(`${subject} has both \`${name}\` and \`${other}\`; keep one of them`, listedAt);
  }
  return name;
}

/** A kustomization never changes after it is read, so a base is read once for all kustomizations that include it. */
const cache: Readonly<Record<Dialect, WeakMap<SourceFile, Kustomization>>> = {
  '5.7': new WeakMap(),
  '5.8': new WeakMap(),
  '5.8.2': new WeakMap(),
};

/**
 * Reads a folder's kustomization file and applies an amendment to it. Throws a BuildError for anything in it that
 * kustomize refuses.
 */
export function readKustomization(
  folder: KustomizationFolder,
  listedAt: Span,
  sources: SourceCache,
  dialect: Dialect,
  amendment?: KustomizationAmendment,
): Kustomization {
  if (amendment !== undefined && !kustomizationNames.some((name) => folder.hasFile(name))) {
    const { file, fields } = amendment.generate(folder);
    return new Kustomization(file, { kind: 'Kustomization', faults: [] }, fields);
  }
  const file = folder.readSource(findKustomizationFile(folder, listedAt), listedAt);
  const known = amendment === undefined ? cache[dialect].get(file) : undefined;
  if (known !== undefined) return known;
  const root = firstDocument(sources.parseFirst(file));
  if (root === undefined || isNull(root)) throw emptyFile(file);
  if (root.kind !== 'map') {
    const found = describeKind(root.kind);
    throw new BuildError(`a kustomization file holds a map of fields, but this is ${found}`, originSpan(root.origin));
  }
  const overridden: OverriddenField[] = [];
  const rules: ShapeRules = {
    ...(amendment === undefined ? kustomizationRules : amendedKustomizationRules),
    repeatedFields: (map) => pushAll(overridden, findOverridden(map)),
  };
  // Flux drops what a kustomization file does not have, whatever it is.
  const { rest, faults } = amendment === undefined ? takeFluxFields(root) : { rest: root, faults: [] };
  const shaped = shapeFields(rest, kustomizationSchema(dialect), rules);
  amendment?.amend(shaped, folder);
  const fields = moveDeprecatedFields(shaped);
  removeEmptyFields(fields);
  if (fields.entries.every(({ key }) => key.value === 'kind' || key.value === 'apiVersion')) throw emptyFile(file);
  const type = readType(fields);
  const kustomization = new Kustomization(file, { ...type, faults: [...type.faults, ...faults] }, fields, overridden);
  if (amendment === undefined) cache[dialect].set(file, kustomization);
  return kustomization;
}

function emptyFile(file: SourceFile): BuildError {
  return new BuildError('the kustomization file is empty; list something under `resources:`', {
    file,
    start: 0,
    end: file.text.length,
  });
}

function removeEmptyFields(fields: MapNode): void {
  for (const { key, value } of [...fields.entries]) {
    if (value.kind === 'scalar' && value.value === '') removeField(fields, key.value);
  }
}

/** Reads `kind` and `apiVersion`. Both may be absent; a wrong one is corrected. */
function readType(fields: MapNode): KustomizationType {
  const faults: BuildProblem[] = [];
  const refuse = (what: string, field: string, from: string, to: string, choice = to): void => {
    const message = `${what} should be ${choice}, but it is ${from}; correct it or leave it out`;
    faults.push({ kind: 'error', message, at: fieldSpan(fields, field), related: [], correction: { from, to } });
  };
  const found = getText(fields, ['kind']) ?? 'Kustomization';
  const kind = found === 'Component' ? 'Component' : 'Kustomization';
  if (found !== kind) refuse('kind', 'kind', found, kind, 'Kustomization or Component');
  const wanted = kind === 'Component' ? 'kustomize.config.k8s.io/v1alpha1' : 'kustomize.config.k8s.io/v1beta1';
  const apiVersion = getText(fields, ['apiVersion']) ?? wanted;
  if (apiVersion !== wanted) refuse(`apiVersion for ${kind}`, 'apiVersion', apiVersion, wanted);
  return { kind, faults };
}
