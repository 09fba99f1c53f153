import type { ConfigObject } from '../../objects/config-object.ts';
import { hasStep } from '../../objects/place.ts';
import { allContainers, type Container, type Workload } from '../../objects/workload.ts';

/** Keys of Secrets that pods are not given as variables. */
const otherPurposes = ['.dockerconfigjson', '.dockercfg', 'tls.crt', 'ssh-privatekey'];

/**
 * An object that a generator makes and nothing uses, with a name that is a part of the wanted one or has it as a part:
 * the generator was renamed and the reference was not, or the other way round.
 */
export function findUnusedGenerated(
  workloads: readonly Workload[],
  candidates: readonly ConfigObject[],
  name: string,
): ConfigObject | undefined {
  const close = candidates.filter(
    ({ object, earlierNames, keys }) =>
      hasStep(object.name.place, 'content hash') &&
      isPartOfOther(earlierNames[0] ?? '', name) &&
      !otherPurposes.some((key) => keys.has(key)),
  );
  if (close.length === 0) return undefined;
  const containers = workloads.flatMap(({ pod }) => allContainers(pod));
  return close.find((candidate) => !containers.some((container) => mayUse(container, candidate)));
}

/** An ExternalSecret of the wanted name that writes a Secret of another name. */
export function findOtherTarget(candidates: readonly ConfigObject[], name: string): ConfigObject | undefined {
  return candidates.find(
    (candidate) =>
      candidate.object.kind === 'ExternalSecret' && candidate.object.name.value === name && candidate.name !== name,
  );
}

function isPartOfOther(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short !== '' && (long.startsWith(`${short}-`) || long.endsWith(`-${short}`));
}

/** Whether a container uses an object, or may do so: which Secrets it mounts is not known. */
function mayUse({ env, envFrom, mountsConfig, mountedConfigMaps }: Container, { kind, name }: ConfigObject): boolean {
  const isMounted =
    kind === 'Secret'
      ? mountsConfig && mountedConfigMaps.length === 0
      : mountedConfigMaps.some((mounted) => mounted.value === name);
  return (
    isMounted ||
    envFrom.some(({ objectKind, object }) => objectKind === kind && object.value === name) ||
    env.some(({ source }) => source.kind === 'key' && source.objectKind === kind && source.object.value === name)
  );
}
