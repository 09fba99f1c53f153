import { getField } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { BuildError } from '../problem.ts';
import { nameSpan } from '../resources/describe-resource.ts';
import { duplicateResource } from '../resources/duplicate-resource.ts';
import { lacksIdentity, type Resource } from '../resources/resource.ts';
import { idKey, type ResourceId } from '../resources/resource-id.ts';

/**
 * kustomize keeps an object's previous names, namespaces and kinds in comma-separated lists, and crashes if their
 * lengths differ, for example because metadata was encrypted as a whole.
 */
export function refuseCommasInIds(resource: Resource): void {
  const hasComma = ({ name, namespace, kind }: ResourceId): boolean => `${name}${namespace}${kind}`.includes(',');
  if (!resource.previousIds.some(hasComma)) return;
  const lengths = (['name', 'namespace', 'kind'] as const).map((part) =>
    resource.previousIds.reduce((length, id) => length + id[part].split(',').length, 0),
  );
  if (new Set(lengths).size === 1) return;
  throw new BuildError(
    `kustomize cannot follow the ${resource.kind.includes(',') ? 'object' : resource.kind} through this build, since its ` +
      'name, namespace or kind holds a comma; if its metadata is encrypted, encrypt its values only',
    nameSpan(resource),
  );
}

/** An object without a kind or name is refused at the end of the build too, not only when a file is read. */
export function refuseNameless(resource: Resource): void {
  if (!lacksIdentity(resource)) return;
  const { node, kind } = resource;
  const [what, field] = kind === '' ? ['object', 'kind'] : [kind, 'metadata.name'];
  const metadata = kind === '' ? node : (getField(node, 'metadata') ?? node);
  throw new BuildError(
    `this ${what} has no \`${field}\` at the end of the build; correct the patch or replacement that removes it`,
    originSpan(metadata.origin),
  );
}

/** Patches and name references may have given two objects the same id; kustomize detects that when it sorts. */
export function refuseDuplicates(resources: readonly Resource[]): void {
  const known = new Map<string, Resource>();
  for (const resource of resources) {
    const key = idKey(resource.id);
    const other = known.get(key);
    if (other !== undefined) throw duplicateResource(resource, other);
    known.set(key, resource);
  }
}
