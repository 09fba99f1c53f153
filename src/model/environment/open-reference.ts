import { isSymbolic } from '../../objects/symbolic.ts';
import { allContainers, type Container, type Workload } from '../../objects/workload.ts';
import { findDatabaseSettings } from '../databases/database-setting.ts';
import type { RootModel } from '../root-model.ts';
import { type Environment, readEnvironment, referencesIn, type Variable } from './environment.ts';

/** The `$(NAME)` in a database setting that Kubernetes leaves as written, because no such variable is defined before it. */
export interface OpenReferences {
  readonly container: Container;
  readonly variable: Variable;
  readonly names: readonly string[];
  /** The entries that define them too late; none if nothing defines them. */
  readonly later: Container['env'];
}

/** Finds open references in the order of the containers' `env`. Objects outside the tree may define any name. */
export function findOpenReferences({ config }: Pick<RootModel, 'config'>, workload: Workload): OpenReferences[] {
  return allContainers(workload.pod).flatMap((container) => {
    const written = container.env.flatMap(({ source }) =>
      source.kind === 'literal' ? [source.value.value ?? ''] : [],
    );
    if (!written.some((text) => referencesIn(text).length > 0)) return [];
    const imported = readEnvironment({ ...container, env: [] }, workload, config);
    return openIn(container, readEnvironment(container, workload, config), imported);
  });
}

function openIn(container: Container, environment: Environment, imported: Environment): OpenReferences[] {
  return findDatabaseSettings(environment).flatMap(({ variable }) => {
    const at = container.env.findIndex(({ name, path }) => name === variable.name && variable.path === path);
    const open = [...new Set(variable.parts)].filter(
      (name) => !isServiceLink(name) && !isSymbolic(name) && !isDefined(container, imported, name, at),
    );
    const later = container.env.filter(({ name }) => open.includes(name));
    const late = open.filter((name) => later.some((entry) => entry.name === name));
    if (late.length > 0) return [{ container, variable, names: late, later }];
    return open.length === 0 || environment.unknownImports.length > 0
      ? []
      : [{ container, variable, names: open, later }];
  });
}

/** Whether an earlier `env` entry defines a name, or a known object of `envFrom`, all of which come before `env`. */
function isDefined({ env }: Container, imported: Environment, name: string, at: number): boolean {
  return imported.variables.has(name) || env.slice(0, at).some((entry) => entry.name === name);
}

/**
 * Whether the kubelet sets a variable for a Service of the namespace: `SHOP_DB_SERVICE_HOST`,
 * `SHOP_DB_PORT_5432_TCP_ADDR`.
 */
function isServiceLink(name: string): boolean {
  return /_SERVICE_HOST$|_SERVICE_PORT(_|$)|_PORT($|_\d+_(TCP|UDP)(_|$))/.test(name);
}
