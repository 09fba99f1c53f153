import { argvText } from '../../objects/argv.ts';
import { imageOf } from '../../objects/image.ts';
import { allContainers, type Container, type Workload } from '../../objects/workload.ts';
import { findMigrationCommand } from '../migrations/migration-command.ts';
import type { RootModel } from '../root-model.ts';
import { databaseProbe } from './database-probe.ts';
import { addressesOf } from './database-setting.ts';

/** An init container that uses the database through a proxy in its own pod, which starts only after it. */
export interface LateProxy {
  readonly container: Container;
  readonly proxy: Container;
  /** The address in the pod that it connects to. */
  readonly host: string;
}

/** Images of proxies that listen on an address of their pod and lead to a database outside it. */
const proxyImage = /(^|\/)(cloud-?sql-proxy|gce-proxy|alloydb-auth-proxy|pgbouncer|pgcat)$/;

/** A container may start a proxy of its own in the background. */
const startsProxy = /proxy|pgbouncer/i;

/** Whether a container runs the image of such a proxy. */
export function isDatabaseProxy(container: Container): boolean {
  return proxyImage.test(imageOf(container).repository);
}

/** Finds the first of a workload's init containers that its proxy comes too late for. */
export function findLateProxy(model: RootModel, workload: Workload): LateProxy | undefined {
  const containers = allContainers(workload.pod);
  const first = containers.findIndex(isDatabaseProxy);
  const proxy = containers[first];
  if (proxy === undefined) return undefined;
  for (const container of containers.slice(0, first)) {
    // Only an init container that is no sidecar has to end before the next container starts.
    if (container.role !== 'init' || startsProxy.test(argvText(container))) continue;
    const host = findLocalHost(model, container, workload);
    if (host !== undefined) return { container, proxy, host };
  }
  return undefined;
}

/** Whether a container migrates or checks the schema, with whatever database its settings name. */
function usesDatabase({ waiters }: RootModel, container: Container): boolean {
  return (
    findMigrationCommand(container) !== undefined ||
    waiters.some((waiter) => waiter.container === container && waiter.kind === 'schema')
  );
}

/** The address in its own pod at which a container finds its database. One that only probes has to name it. */
function findLocalHost(model: RootModel, container: Container, workload: Workload): string | undefined {
  const text = argvText(container);
  const isProbe = databaseProbe.test(text);
  if (!isProbe && !usesDatabase(model, container)) return undefined;
  const written = /(?<![\w.])(localhost|127\.0\.0\.1)(?![\w.])/.exec(text)?.[1];
  if (written !== undefined) return written;
  const addresses = addressesOf(workload, model.config, [container]);
  const used = isProbe ? addresses.filter(({ from }) => mentions(text, from.name)) : addresses;
  const hosts = used.map(({ host = '' }) => host);
  return hosts.every((host) => /^(localhost$|127\.|\/cloudsql\/)/.test(host)) ? hosts[0] : undefined;
}

/** Whether a command has a variable in it: `$NAME`, `${NAME}`, `$(NAME)`. */
function mentions(text: string, name: string): boolean {
  return [...text.matchAll(/\$[({]?(\w+)/g)].some((match) => match[1] === name);
}
