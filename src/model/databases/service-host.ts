/** A Service that a host may name. */
export interface ServiceHost {
  readonly service: string;
  /** The namespace in the host, or else that of the pod that looks it up. */
  readonly namespace: string | undefined;
  readonly isQualified: boolean;
}

/**
 * The Services that a host may name inside a cluster: `postgres`, `postgres.shop`, `postgres.shop.svc.cluster.local`,
 * and the same after the name of a pod (`postgres-0.postgres`). None for a name with more parts, which is outside the
 * cluster.
 * @param from the namespace of the pod that looks the host up
 */
export function readServiceHosts(host: string, from: string | undefined): ServiceHost[] {
  const [name = '', ...others] = host
    .split(/\.svc(?:\.|$)/, 1)
    .join('')
    .split('.');
  const toHost = (service: string, namespace?: string): ServiceHost => ({
    service,
    namespace: namespace ?? from,
    isQualified: namespace !== undefined,
  });
  const [second, third] = others;
  const hosts = others.length < 2 ? [toHost(name, second)] : [];
  const isPod = second !== undefined && others.length < 3 && /-\d+$/.test(name);
  return isPod ? [...hosts, toHost(second, third)] : hosts;
}
