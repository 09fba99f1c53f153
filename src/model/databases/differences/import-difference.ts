import type { EnvironmentImport } from '../../../objects/env-entry.ts';
import type { Variable } from '../../environment/environment.ts';
import type { DatabaseEnvironment } from '../database-setting.ts';
import { hasOwnRole, ownRoleName } from './source-difference.ts';

/** A difference in what the two import with `envFrom` from objects that are not in the tree. */
export type ImportDifference =
  /** The migration imports such an object, and the service takes a setting from another object, or imports that. */
  | { readonly kind: 'import'; readonly job: EnvironmentImport; readonly service: Variable | EnvironmentImport }
  /** The service imports such an object, and the migration another one that is in the tree. */
  | { readonly kind: 'service import'; readonly job: Variable; readonly service: EnvironmentImport };

/** The service imports Secrets that are not in the tree, and the migration none of them. */
export interface MissingImport {
  readonly kind: 'missing import';
  readonly imports: readonly EnvironmentImport[];
}

/** Finds objects outside the tree that stand for other objects on the other side. */
export function findImportDifference(
  job: DatabaseEnvironment,
  service: DatabaseEnvironment,
): ImportDifference | undefined {
  return findJobImport(job, service) ?? findServiceImport(job, service);
}

function findJobImport(job: DatabaseEnvironment, service: DatabaseEnvironment): ImportDifference | undefined {
  const shared = (entry: EnvironmentImport): boolean =>
    service.unknownImports.some((other) => sameImport(entry, other));
  for (const entry of job.unknownImports) {
    if (shared(entry) || ownRoleName.test(entry.object.value ?? '')) continue;
    const instead = service.settings.find(
      ({ variable }) => comesFromAnother(variable, entry) && job.variables.get(variable.name) === undefined,
    );
    if (instead) return { kind: 'import', job: entry, service: instead.variable };
    const other = service.unknownImports.find(
      (candidate) =>
        candidate.objectKind === entry.objectKind && !job.unknownImports.some((own) => sameImport(own, candidate)),
    );
    if (other && !job.unknownImports.some(shared) && service.settings.length === 0) {
      return { kind: 'import', job: entry, service: other };
    }
  }
  return undefined;
}

/** The service has nothing that the tree knows, and takes its settings from an object that the migration does not use. */
function findServiceImport(job: DatabaseEnvironment, service: DatabaseEnvironment): ImportDifference | undefined {
  const [entry, ...others] = service.unknownImports;
  if (entry === undefined || others.length > 0 || service.settings.length > 0 || job.unknownImports.length > 0)
    return undefined;
  const own = job.settings.find(({ variable }) => comesFromAnother(variable, entry) && !hasOwnRole(variable))?.variable;
  const isImport = own !== undefined && own.prefix !== undefined;
  return isImport && !service.variables.has(own.name) && !ownRoleName.test(entry.object.value ?? '')
    ? { kind: 'service import', job: own, service: entry }
    : undefined;
}

/** Whether a variable comes from another object of the same kind. */
function comesFromAnother({ source }: Variable, { objectKind, object }: EnvironmentImport): boolean {
  return source.kind === 'object' && source.objectKind === objectKind && source.object !== object.value;
}

/** Finds Secrets outside the tree that only the service imports, if neither side has its access to the database elsewhere. */
export function findMissingImport(job: DatabaseEnvironment, service: DatabaseEnvironment): MissingImport | undefined {
  const hasAccess = ({ settings }: DatabaseEnvironment): boolean =>
    settings.some(({ role }) => role === 'url' || role === 'password');
  const hasSecret = job.unknownImports.some(({ objectKind }) => objectKind === 'Secret');
  if (hasSecret || hasAccess(job) || hasAccess(service)) return undefined;
  const imports = service.unknownImports.filter(({ objectKind }) => objectKind === 'Secret');
  return imports.length === 0 ? undefined : { kind: 'missing import', imports };
}

/** Whether two entries import the same object. */
export function sameImport(a: EnvironmentImport, b: EnvironmentImport): boolean {
  return a.objectKind === b.objectKind && a.object.value === b.object.value;
}
