import { describeObject, type KubernetesObject } from './kubernetes-object.ts';
import type { Container } from './workload.ts';

/** A container at the start of a sentence: ``Init container `wait` of Deployment `myapp` ``. */
export function describeContainer({ role, name }: Pick<Container, 'role' | 'name'>, object: KubernetesObject): string {
  return `${roleNames[role]} \`${name.value ?? ''}\` of ${describeObject(object)}`;
}

const roleNames: Readonly<Record<Container['role'], string>> = {
  main: 'Container',
  init: 'Init container',
  sidecar: 'Sidecar',
};
