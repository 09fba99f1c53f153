import type { KubernetesObject } from '../../objects/kubernetes-object.ts';
import type { Present } from '../../objects/view.ts';

const domain = 'kapp.k14s.io';

/** Whether Carvel's kapp deletes and creates the object when it changes. */
export function isReplacedByKapp({ annotations }: KubernetesObject): boolean {
  const strategy = annotations.get(`${domain}/update-strategy`)?.value;
  return strategy === 'always-replace' || strategy === 'fallback-on-replace';
}

/** The rule that makes kapp apply an object only after another one is done: `change-rule: upsert after upserting GROUP`. */
export function ruleInKapp(second: KubernetesObject, first: KubernetesObject): Present<string> | undefined {
  const groups = new Set(all(first, 'change-group').map(({ value }) => value));
  return all(second, 'change-rule').find(({ value }) => {
    const group = /^upsert after upserting (\S+)$/.exec(value.trim())?.[1];
    return group !== undefined && groups.has(group);
  });
}

/** How a workload comes after a Job under kapp, as a command that continues a sentence. */
export function adviseKappRule(job: KubernetesObject, { kind }: KubernetesObject): string {
  const [group] = all(job, 'change-group');
  return group === undefined
    ? `give the Job a \`${domain}/change-group\`, and the ${kind} a \`${domain}/change-rule: upsert after upserting\` that group`
    : `give the ${kind} the annotation \`${domain}/change-rule: upsert after upserting ${group.value}\``;
}

/** The values of an annotation, of which an object may have several: `change-rule`, `change-rule.database`. */
function all({ annotations }: KubernetesObject, name: string): Present<string>[] {
  const key = `${domain}/${name}`;
  return [...annotations].flatMap(([each, present]) => (each === key || each.startsWith(`${key}.`) ? present : []));
}
