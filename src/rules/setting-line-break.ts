import type { Rule } from '../lint/rule.ts';
import { findLineBreaks } from '../model/databases/line-break.ts';
import { settingPlace } from '../model/environment/environment.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf, spanText } from '../objects/place.ts';
import type { Span } from '../source/span.ts';
import { joinFew } from '../text/join-few.ts';

/** A password, host or URL of a database with a line break at its end. */
export const settingLineBreak: Rule = {
  id: 'setting-line-break',
  severity: 'error',
  category: 'service',
  docs: {
    summary: 'A database setting ends with a line break',
    symptom:
      '`password authentication failed`, `could not translate host name "postgres\\n" to address` or `database "orders\\n" does not exist`, although the value looks right wherever it is shown.',
    why: "The line break is part of the value, and most programs do not remove it. It comes from `echo secret | base64`, from a block `|` in YAML, or from a file that `files` of a generator reads with the line break at its end. The rule looks at the settings of the migration's and the services' databases: host, name, user, password, and URL, which is a warning since some programs trim it. Values of Secrets are never printed.\n\nNot reported:\n\n- texts of several lines, such as certificates",
    fix: 'In YAML, write the value on one line, or as `|-`. Before `base64`, use `printf %s`, or `echo -n`. Let a generator read files without a line break at the end, or use `literals` or `envs`.',
    links: [
      'https://kubernetes.io/docs/tasks/configmap-secret/managing-secret-using-config-file/#create-the-config-file',
    ],
    since: '0.1.0',
  },
  check(model, report) {
    for (const { setting, workloads } of findLineBreaks(model)) {
      const [first] = workloads;
      if (first === undefined) continue;
      const { role, variable } = setting;
      const place = settingPlace(variable);
      report({
        message: `\`${variable.name}\` of ${joinFew(
          workloads.map(({ object }) => describeObject(object)),
          'workloads',
        )} ends with a line break: ${effects[role]}.`,
        at: place.at,
        related: historyOf(place, 'setting'),
        object: referTo(first.object),
        field: variable.path,
        hint: adviseOn(place.at),
        ...(role === 'url' && { severity: 'warning' }),
      });
    }
  },
};

const effects = {
  url: 'a program that does not trim it looks for a database with the line break in its name',
  host: 'there is no such host',
  name: 'there is no such database',
  port: 'there is no such port',
  user: 'the database knows no such user',
  password: 'the database refuses the password',
} as const;

function adviseOn(at: Span): string {
  const written = spanText(at);
  if (written === at.file.text)
    return 'Remove the line break at the end of the file, or use `literals` or `envs` instead of `files`.';
  if (/^[|>]/.test(written)) return `Write \`${written.charAt(0)}-\`, or the value on one line.`;
  if (/^[A-Za-z0-9+/=]+$/.test(written)) return 'Encode the value without it: `printf %s … | base64`.';
  return 'Take the line break out of the value.';
}
