import type { Rule } from '../lint/rule.ts';
import { concernsMigrations } from '../model/releases/dependents.ts';
import type { ExtraItem } from '../model/replacements/replacement-write.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { sameSpan } from '../source/span.ts';

/** A replacement whose path matches more items of a list than it names. */
export const replacementMultiMatch: Rule = {
  id: 'replacement-multi-match',
  severity: 'error',
  category: 'tree',
  docs: {
    summary: 'A step of a replacement path also takes items whose names only contain the wanted name',
    symptom:
      'Another container of the pod gets the image, the argument or the version that was meant for one: `ImagePullBackOff`, or an init container that waits for the wrong thing.',
    why: 'For `[name=app]` in the `fieldPaths` of a target, kustomize looks for `app` anywhere in the name of each item (kustomize#5029): it silently takes `app-metrics` and `myapp` as well. The rule looks at roots with a migration Job or a waiter, and reports a path that names one item and wrote into others.',
    fix: 'Anchor the name, which is read as a regular expression, or choose container names that do not contain each other:\n\n```yaml\nfieldPaths:\n  - spec.template.spec.containers.[name=^app$].image\n```',
    links: ['https://github.com/kubernetes-sigs/kustomize/issues/5029'],
    since: '0.1.0',
  },
  check(model, report) {
    if (!concernsMigrations(model)) return;
    for (const { object, place, path, extraItems } of model.replacementWrites) {
      const [first] = extraItems;
      if (first === undefined) continue;
      report({
        message: `\`${first.step}\` in this path also takes ${list(extraItems)} of ${describeObject(object)}, whose ${extraItems.length > 1 ? 'names contain' : 'name contains'} \`${first.wanted}\`: the value is written there too.`,
        at: place.at,
        related: extraItems
          .filter(
            ({ name }, index) =>
              extraItems.findIndex((other) => sameSpan(other.name.place.at, name.place.at)) === index,
          )
          .map(({ name }) => ({ at: name.place.at, note: `\`${name.value}\` is named here` })),
        hint: `Write \`${path.replace(first.step, first.step.replace(`=${first.wanted}]`, `=^${first.wanted}$]`))}\`.`,
        object: referTo(object),
      });
    }
  },
};

function list(extraItems: readonly ExtraItem[]): string {
  return extraItems.map(({ name }) => `\`${name.value}\``).join(', ');
}
