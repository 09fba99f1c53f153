// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a variable as manifests hold it.
import type { Rule } from '../lint/rule.ts';
import { findKeptName } from '../model/jobs/kept-name.ts';
import { findNamePlaceholder } from '../model/jobs/name-placeholder.ts';
import { missesPlaceholder } from '../model/replacements/segment-fault.ts';
import { isWrittenByScript } from '../model/scripts/scripted-value.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf } from '../objects/place.ts';
import { leftVariables } from '../objects/symbolic.ts';
import { isSubdomain } from '../text/object-name.ts';

/** The pods of a Job carry its name as a label. */
const longestName = 63;

/** A migration Job with a name that the API server refuses. */
export const jobNameValid: Rule = {
  id: 'job-name-valid',
  severity: 'error',
  category: 'job',
  docs: {
    summary: "The API server refuses the migration Job's name",
    symptom:
      '`metadata.name: Invalid value: … a lowercase RFC 1123 subdomain must consist of …` or `must be no more than 63 characters` when the release is applied; under Flux the whole apply fails with it.',
    why: 'Names consist of lower-case letters, digits, `-` and `.`, and begin and end with a letter or digit. A tag that is written into the name brings its own characters along: `v1.4.0_rc1`, `1.4.0+build7`, `v1.4.0-RC1`, the `sha256:` of a digest. Other names may be longer, but a Job passes its name to its pods as a label, which is limited to 63 characters. The rule judges the name after the build, with its prefixes and suffixes.\n\nNot reported:\n\n- a `${…}` that Flux fills (`variable-unresolved` reports one that nothing fills)\n- a placeholder that a script of the repository replaces\n- a placeholder in a plain manifest whose comments say what it stands for',
    fix: 'Use tags that are valid in a name (`v1.4.0-rc1`), or write another value into the name than into the image.',
    links: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/names/'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const migration of model.migrations) {
      const { object } = migration.job;
      const { name } = object;
      const fault = findFault(name.value ?? '');
      if (fault === undefined || isWrittenByScript(model, name.value ?? '', name.place)) continue;
      const placeholder = findNamePlaceholder(name.value ?? '');
      // `job-name-version` reports a placeholder for the version, `replacement-segment` a version beside it.
      if (placeholder !== undefined && findKeptName(model, migration)?.kind === 'name') continue;
      if (placeholder !== undefined && missesPlaceholder(model.replacementWrites, migration.job)) continue;
      report({
        message: `${describeObject(object)} has ${placeholder === undefined ? fault : `\`${placeholder}\` left in its name`}: the API server refuses it, and the migration never runs.`,
        at: name.place.at,
        related: historyOf(name.place, 'name'),
        object: referTo(object),
        field: name.path,
        hint:
          placeholder === undefined
            ? `Names of Jobs have at most ${longestName} lower-case letters, digits, \`-\` and \`.\`, and begin and end with a letter or digit.`
            : `Write the version in place of \`${placeholder}\`.`,
        reasons: migration.reasons,
      });
    }
  },
};

function findFault(name: string): string | undefined {
  // The value of a variable that Flux fills is not known; the text around it stays as it is.
  const known = leftVariables(name).reduce((rest, { text }) => rest.replace(text, ''), name);
  const wrong = [...new Set(known.match(/[^a-z0-9.-]/g) ?? [])];
  const capitals = wrong.some((char) => /[A-Z]/.test(char)) ? ['capitals'] : [];
  const others = wrong.filter((char) => !/[A-Z]/.test(char)).map((char) => `\`${char}\``);
  if (wrong.length > 0) return `${[...others, ...capitals].join(' and ')} in its name`;
  if (known !== name || name === '') return undefined;
  if (name.length > longestName) return `a name of ${name.length} characters, ${name.length - longestName} too many`;
  return isSubdomain(name) ? undefined : 'a name with a `-` or `.` that is not between letters or digits';
}
