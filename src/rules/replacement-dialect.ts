// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the docs speak of variables as users write them.

import type { Dialect } from '../kustomize/dialect.ts';
import type { Rule } from '../lint/rule.ts';
import { concernsMigrations } from '../model/releases/dependents.ts';
import { type DialectSelection, regexCharacter } from '../model/replacements/dialect-selection.ts';
import { describeObject, type KubernetesObject, pointAtName } from '../objects/kubernetes-object.ts';
import { firstText, historyOf, joinRelated } from '../objects/place.ts';
import { exchangeVariables } from '../objects/symbolic.ts';
import { joinFew } from '../text/join-few.ts';

/** A replacement that selects other objects after an upgrade. */
export const replacementDialect: Rule = {
  id: 'replacement-dialect',
  severity: 'warning',
  category: 'tree',
  docs: {
    summary: 'A replacement target selects other objects under another kustomize version',
    symptom:
      'Nothing until kubectl or Flux is upgraded. Then, without a change in the tree, a version is written into objects that it did not reach before, or no longer into those that it did.',
    why: 'kustomize 5.7 (kubectl 1.34 and 1.35) compares the fields of `select` as exact text. 5.8 (kubectl since 1.36, Flux since 2.8) takes each of them as a regular expression that has to match the whole text. A name with `.*` selects only in 5.8, a name with `${TAG}` only in 5.7. If a field is not a valid regular expression, such as `myapp-[TAG`, 5.8 builds nothing at all. The rule looks at roots with a migration Job or a waiter, and at targets that select something under the chosen kustomize; `replacement-no-target` reports those that select nothing.',
    fix: 'Select by `kind` and the whole name, with a placeholder that has no regular expression characters:\n\n```yaml\n- select:\n    kind: Job\n    name: myapp-migration-TAG\n```\n\nTo reach several objects under both versions, write a target for each, or use `labelSelector`, which works the same in both.',
    links: ['https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/replacements/'],
    since: '0.1.0',
  },
  check(model, report) {
    if (!concernsMigrations(model)) return;
    for (const selection of model.dialectSelections) {
      const field = [...selection.select.values()].find(({ value }) => regexCharacter.test(value));
      const place = field?.place ?? selection.place;
      report({
        message: describe(selection, model.dialect),
        at: selection.refusal?.at ?? place.at,
        related: joinRelated(
          historyOf(place, 'selector'),
          [...selection.lost, ...selection.gained].map((object) => pointAtName(object)),
        ),
        hint: adviseSelection([...selection.lost, ...selection.gained]),
      });
    }
  },
};

/** A name that itself has regular expression characters cannot be selected in both: it needs another placeholder. */
function adviseSelection(objects: readonly KubernetesObject[]): string {
  const odd = objects.map(({ name }) => firstText(name.place)).find((name) => /[^\w.-]/.test(name));
  const plain = exchangeVariables(odd ?? '', () => 'TAG');
  return odd === undefined || /[^\w.-]/.test(plain)
    ? 'Select by exact names without regular expression characters, or by `labelSelector`.'
    : `Name the object \`${plain}\` in its file, and select by that exact name; or select by \`labelSelector\`.`;
}

function describe(selection: DialectSelection, dialect: Dialect): string {
  const { other, lost, refusal } = selection;
  if (refusal) {
    return `This target selects ${list(lost)} under kustomize ${dialect}, and stops the build under ${other}: ${refusal.message}. An upgrade breaks the build without a change in the tree.`;
  }
  return `This target selects other objects under kustomize ${other} than under ${dialect}: ${describeDifference(selection)}. An upgrade changes the build without a change in the tree.`;
}

function describeDifference({ lost, gained, other }: DialectSelection): string {
  const parts = [
    ...(lost.length > 0 ? [`${other} does not select ${list(lost)}`] : []),
    ...(gained.length > 0 ? [`${other} also selects ${list(gained)}`] : []),
  ];
  return parts.join(', and ');
}

function list(objects: readonly KubernetesObject[]): string {
  return joinFew(objects.map(describeObject), 'objects');
}
