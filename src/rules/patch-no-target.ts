import { setField } from '../findings/field-change.ts';
import type { Report, Rule } from '../lint/rule.ts';
import { concernsMigrations } from '../model/releases/dependents.ts';
import { findUnmatchedPatches, type UnmatchedPatch } from '../model/unmatched/unmatched-patch.ts';
import { pointAtName, referTo } from '../objects/kubernetes-object.ts';
import { joinWords } from '../text/join-words.ts';

/** A patch whose target narrowly misses the object that it was written for. */
export const patchNoTarget: Rule = {
  id: 'patch-no-target',
  severity: 'error',
  category: 'tree',
  docs: {
    summary: 'The target of a patch misses the object that it was written for',
    symptom:
      'kustomize builds without an error, but the patch is not applied: the migration Job of an overlay retries, or the service gets the settings of the base.',
    why: 'A strategic merge patch without `target` fails if its object is missing. With `target`, kustomize says nothing: it patches what `target` selects, even if that is nothing. The fields of a target are regular expressions for the whole text, so a `$` in a name never matches. Patches run before `namespace` and `namePrefix` of the same kustomization, so a target has to use the name and namespace from before these.\n\nThe rule looks at roots with a migration Job or a waiter. It counts a name as meant for an object if the names differ only in a few letters or in the version. In `patches` of a Flux Kustomization whose tree has one object of the kind, one of the two names may also have more words at its end (`orders-api` and `orders`).\n\nNot reported:\n\n- a target without `name`, or with `labelSelector` or `annotationSelector`\n- a target that resembles no object, or several: a component may patch what not every root has',
    fix: 'Write the kind and the name that the object has in its own file, and leave out the rest:\n\n```yaml\npatches:\n  - path: patch.yaml\n    target:\n      kind: Job\n      name: myapp-migration\n```',
    fixing: {
      safe: 'no',
      how: 'Writes the intended kind or name into the target. Not safe: which object is intended is a guess, and the patch starts to change it.',
    },
    links: ['https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/'],
    since: '0.1.0',
  },
  check(model, report) {
    if (!concernsMigrations(model)) return;
    for (const unmatched of findUnmatchedPatches(model)) reportPatch(unmatched, report);
  },
};

function reportPatch({ entry, object, keys, field, clause, value }: UnmatchedPatch, report: Report): void {
  const wanted = [...entry.target].map(([name, { value: text }]) => `${name} \`${text}\``).join(', ');
  const setting = `\`${keys[0]}: ${value}\``;
  const named = keys.map((key) => `\`${key}\``);
  report({
    message: `This patch is for ${wanted} but selects no object${clause}${clause.endsWith('?') ? '' : '.'} kustomize reports nothing, and nothing is patched.`,
    at: field.place.at,
    related: [pointAtName(object)],
    object: referTo(object),
    hint: value === undefined ? `Leave ${joinWords(named)} out of the target.` : `Write ${setting}.`,
    fix:
      value === undefined
        ? undefined
        : { title: `Select by ${setting}`, safe: false, changes: [setField(field, value)] },
  });
}
