// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the docs speak of variables as users write them.
import type { Report, Rule } from '../lint/rule.ts';
import { concernsMigrations } from '../model/releases/dependents.ts';
import { explainNoTarget } from '../model/replacements/no-target.ts';
import type { ReplacementTarget } from '../model/replacements/replacement-target.ts';
import type { RootModel } from '../model/root-model.ts';
import { historyOf } from '../objects/place.ts';

/** A replacement target that selects nothing. */
export const replacementNoTarget: Rule = {
  id: 'replacement-no-target',
  severity: 'error',
  category: 'tree',
  docs: {
    summary: 'A replacement target selects no object',
    symptom:
      'kustomize builds without an error, but the value is not written. What remains is a Job called `myapp-migration-TAG`, an image `myapp:TAG`, or a `${IMAGE_TAG}` in a name.',
    why: "kustomize fails if a target's *field* is missing, and is silent if its *object* is. The versions compare `select` differently. kustomize 5.7 takes names as exact text, so `myapp-migration-.*` selects nothing. 5.8 takes them as regular expressions that have to match the whole name, so `myapp-migration-${IMAGE_TAG}` selects nothing, because `$` is an anchor. A name without regular expression characters selects in both. The rule looks at roots with a migration Job or a waiter. It is a warning if no object resembles what the target asks for.",
    fix: 'Use a plain placeholder, and select by it:\n\n```yaml\n- select:\n    kind: Job\n    name: myapp-migration-TAG\n```',
    fixing: {
      safe: 'no',
      how: 'Selects the intended object by the name in its file; a variable in that name becomes the placeholder `TAG`, in both places. Not safe: which object is intended is a guess, and it gets a value that it did not get before.',
    },
    links: ['https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/replacements/'],
    since: '0.1.0',
  },
  check(model, report) {
    if (!model.complete || !concernsMigrations(model)) return;
    for (const target of model.replacementTargets) if (target.selected === 0) reportTarget(model, target, report);
  },
};

function reportTarget(model: RootModel, target: ReplacementTarget, report: Report): void {
  const wanted = [...target.select].map(([key, { value }]) => `${key} \`${value}\``).join(', ');
  const { at, clause, related, hint, meant, fix } = explainNoTarget(model, target);
  report({
    message: `This target asks for ${wanted === '' ? 'nothing in particular' : wanted} but selects no object${clause}${clause.endsWith('?') ? '' : '.'} kustomize reports nothing, and the value is not written.`,
    at: at.at,
    related: [...historyOf(at, 'selector'), ...related],
    hint,
    fix,
    severity: meant ? undefined : 'warning',
  });
}
