import { getField, getText, type MapNode, type Node } from '../../source/node.ts';
import { fieldSpan, textField } from '../load/read-field.ts';
import { BuildError } from '../problem.ts';
import type { Resource } from '../resources/resource.ts';
import {
  effectiveNamespace,
  formatId,
  type GroupVersionKind,
  parseApiVersion,
  type ResourceId,
  sameGvkn,
} from '../resources/resource-id.ts';
import type { ResourceSet } from '../resources/resource-set.ts';
import { lookUpPath } from './look-up-path.ts';

/** An entry of `vars:`: a name for a field of an object, used as `$(NAME)`. */
export interface Variable {
  readonly name: string;
  /** The object's id, current or previous; an empty namespace matches any. */
  readonly object: ResourceId;
  readonly fieldPath: string;
  /** The entry in the kustomization file. */
  readonly entry: MapNode;
}

/** Reads an entry of `vars:`, already in the shape of the schema. */
export function readVariable(entry: MapNode): Variable {
  const object = getField(entry, 'objref');
  const text = (name: string): string => textField(object, name);
  return {
    name: textField(entry, 'name'),
    object: { ...readType(text), name: text('name'), namespace: text('namespace') },
    fieldPath: getText(entry, ['fieldref', 'fieldPath']) || 'metadata.name',
    entry,
  };
}

function readType(text: (name: string) => string): GroupVersionKind {
  const apiVersion = text('apiVersion');
  if (apiVersion === '') return { group: text('group'), version: text('version'), kind: text('kind') };
  return { ...parseApiVersion(apiVersion), kind: text('kind') };
}

/** The variables of a build by name. Adding a name twice is a BuildError. */
export class VariableSet {
  readonly #variables = new Map<string, Variable>();

  add(variable: Variable): void {
    const other = this.#variables.get(variable.name);
    if (other !== undefined) {
      throw new BuildError(
        `the var \`${variable.name}\` is defined twice in this build; rename or remove one of them`,
        fieldSpan(variable.entry, 'name'),
        [{ at: fieldSpan(other.entry, 'name'), note: 'it is defined here as well' }],
      );
    }
    this.#variables.set(variable.name, variable);
  }

  merge(other: VariableSet): void {
    for (const variable of other.sorted()) this.add(variable);
  }

  /** The variables sorted by name, the order in which they are resolved. */
  sorted(): Variable[] {
    return [...this.#variables.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

/** Marks the object that a variable takes its value from, if it is there yet. Throws a BuildError if several match. */
export function markVariableSource(variable: Variable, resources: ResourceSet): void {
  const wanted = variable.object;
  // A given namespace never matches a cluster-scoped object.
  const matches = (id: ResourceId): boolean =>
    sameGvkn(wanted, id) && (wanted.namespace === '' || wanted.namespace === effectiveNamespace(id));
  const found = resources.toArray().filter(({ id, previousIds }) => matches(id) || previousIds.some(matches));
  if (found.length > 1) throw ambiguousVariable(variable, found);
  found[0]?.usedByVars.push(variable.name);
}

function ambiguousVariable(variable: Variable, found: readonly Resource[]): BuildError {
  const ids = found.map(({ id }) => formatId(id)).join(', ');
  return new BuildError(
    `the var \`${variable.name}\` could mean ${found.length} objects (${ids}); add a \`namespace\` to its objref`,
    fieldSpan(variable.entry, 'objref'),
  );
}

/** The objects that variables take their values from, by the name of the variable; the first one marked. */
export function findVariableSources(resources: ResourceSet): Map<string, Resource> {
  const sources = new Map<string, Resource>();
  for (const resource of resources) {
    for (const name of resource.usedByVars) if (!sources.has(name)) sources.set(name, resource);
  }
  return sources;
}

/**
 * The value of a variable, once all names are final. Throws a BuildError if its object or field is absent.
 * @param source the object that it takes its value from, if it is in the build
 */
export function findVariableValue(variable: Variable, source: Resource | undefined): Node {
  if (source === undefined) {
    throw new BuildError(
      `the var \`${variable.name}\` takes its value from ${formatId(variable.object)}, which is not in this build; ` +
        'correct the objref, or add the object to `resources`',
      fieldSpan(variable.entry, 'objref'),
    );
  }
  const value = lookUpPath(source.node, variable.fieldPath);
  if (value === undefined) {
    throw new BuildError(
      `the var \`${variable.name}\` takes its value from \`${variable.fieldPath}\`, which ${formatId(source.id)} does ` +
        'not have; correct the path, or add the field',
      fieldSpan(variable.entry, 'fieldref', 'fieldPath'),
    );
  }
  return value;
}
