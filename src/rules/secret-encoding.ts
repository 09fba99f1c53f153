// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the docs speak of variables as users write them.

import type { Rule } from '../lint/rule.ts';
import { concernsMigrations } from '../model/releases/dependents.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf, joinRelated } from '../objects/place.ts';
import { joinFew } from '../text/join-few.ts';

/** A Secret with a text that the API server cannot decode. */
export const secretEncoding: Rule = {
  id: 'secret-encoding',
  severity: 'error',
  category: 'tree',
  docs: {
    summary: 'A value under the `data` of a Secret is not base64',
    symptom:
      'The apply is refused: `Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte 8`. The migration and its service do not get the settings, or keep those of an earlier release.',
    why: 'The values under `data` are base64, and those under `stringData` are plain text. A password that is written under `data` as it is, or base64 without its padding, passes `kustomize build`, and only the API server decodes it. The rule looks at the Secrets of a tree with a migration. Values are never printed.\n\nNot reported:\n\n- plain text that happens to be valid base64\n- Secrets encrypted with SOPS\n- variables, such as `${PASSWORD}`, references for vals (`ref+…`), and placeholders, such as `<base64>` and `CHANGE_ME`',
    fix: 'Write plain text under `stringData`:\n\n```yaml\nkind: Secret\nstringData:\n  DB_PASSWORD: correct horse\n```\n\nor encode it without a line break at its end: `printf %s "$DB_PASSWORD" | base64 -w0`.',
    links: ['https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data'],
    since: '0.1.0',
  },
  check(model, report) {
    if (!concernsMigrations(model)) return;
    for (const { object, notBase64 } of model.config) {
      const wrong = notBase64().filter(({ value }) => !isToBeFilled(value));
      const [first, ...others] = wrong;
      if (first === undefined) continue;
      const fields = wrong.map(({ path }) => `\`${path}\``);
      report({
        message: `${describeObject(object)} has ${others.length === 0 ? 'a value that is' : 'values that are'} not base64 in ${joinFew(fields, 'fields')}: the apply is refused.`,
        at: first.place.at,
        related: joinRelated(
          historyOf(first.place, 'value'),
          others.slice(0, mostShown).map(({ place }) => ({ at: place.at, note: 'and this one' })),
        ),
        object: referTo(object),
        field: first.path,
        hint: 'Write plain text under `stringData`, or the whole base64, with any `=` at its end.',
      });
    }
  },
};

/** How many further values a finding points at. */
const mostShown = 4;

/** Whether somebody or something puts the value in: a variable, a mark of a template, a reference, or a placeholder. */
function isToBeFilled(value: string): boolean {
  return /^ref\+|[$<>{}[\]]|__|change|replace|todo|placeholder|your|xxx|base64|encode/i.test(value);
}
