import type { BuiltRoot } from '../../kustomize/built-root.ts';
import { readObject } from '../../objects/kubernetes-object.ts';
import { isJob, readWorkload } from '../../objects/workload.ts';
import { type Migration, recogniseMigration } from './migration.ts';

/**
 * The migration Jobs of a root that have `generateName` instead of a name; it is read as their name. They belong to no
 * release: kustomize refuses to build them, and no waiter can ask for them by name.
 */
export function readUnnamedMigrations(root: BuiltRoot): Migration[] {
  return root.unnamed.flatMap((resource) => {
    const workload = readWorkload(resource, readObject(resource, 'generateName'));
    if (workload === undefined || !isJob(workload)) return [];
    return recogniseMigration(workload, { waitedForBy: [], configured: false }) ?? [];
  });
}
