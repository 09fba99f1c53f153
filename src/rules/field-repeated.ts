import type { Rule } from '../lint/rule.ts';
import type { OverriddenSetting } from '../model/unmatched/overridden-setting.ts';
import { joinFew } from '../text/join-few.ts';

/** A field of a kustomization that has no effect because it is set again. */
export const fieldRepeated: Rule = {
  id: 'field-repeated',
  severity: 'error',
  category: 'tree',
  docs: {
    summary: 'A kustomization sets a field twice, and kustomize uses only the last',
    symptom:
      'Objects that a kustomization lists are not in the cluster, such as the migration Job, or a patch or an image tag has no effect. `kustomize build` reports nothing.',
    why: 'kustomize refuses a manifest or patch with a repeated key, but of a repeated field in a kustomization file it uses the last one and ignores the others. This often happens when two branches that each add a list are merged.\n\nThe rule looks at the kustomizations of all roots, also of those without a migration, since the migration may be what is lost.\n\nNot reported:\n\n- a repeated field whose first value holds nothing that the last lacks',
    fix: 'Keep one of the two, with what both should set:\n\n```yaml\nresources:\n  - migration-job.yaml\n  - deployment.yaml\n```',
    links: ['https://yaml.org/spec/1.2.2/#3213-node-comparison'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const setting of model.overridden()) {
      report({
        message: `This kustomization sets \`${setting.name}\` again below, and kustomize uses only the last one${describeLoss(setting)}.`,
        at: setting.at,
        related: [{ at: setting.usedAt, note: 'this one is used' }],
        hint: setting.isList ? 'Join the two lists.' : 'Remove one of the two.',
      });
    }
  },
};

function describeLoss({ lostPaths }: OverriddenSetting): string {
  if (lostPaths.length === 0) return '';
  return `: ${joinFew(lostPaths.map((path) => `\`${path}\``))} ${lostPaths.length === 1 ? 'is' : 'are'} not built`;
}
