// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the docs speak of variables as users write them.
import type { FileEdit } from '../delivery/delivery.ts';
import type { Report, Rule } from '../lint/rule.ts';

/** A pipeline that writes the version where nobody reads it. */
export const ciVariablesFile: Rule = {
  id: 'ci-variables-file',
  severity: 'error',
  category: 'delivery',
  docs: {
    summary: "The pipeline's `sed` writes the version to a file or key that is not there, or to others as well",
    symptom:
      "The pipeline is green and nothing is released: `sed` changes no line and says nothing, the commit is empty or the file keeps the old tag. Or another key gets the service's version.",
    why: '`sed` fails where the file is missing and is silent where no line matches. A pattern such as `IMAGE_TAG: .*` is found anywhere in a line, also in the middle of `OLD_IMAGE_TAG: …`. The rule reads `sed -i s/…/…/ FILE` with a file of this repository and a pattern without variables, and tries it on the file as it stands.',
    fix: 'Anchor the pattern at the line\'s indentation:\n\n```sh\nsed -i "s/^\\(  IMAGE_TAG\\): .*/\\1: \\"${IMAGE_TAG}\\"/" k8s/deployment-variables.yaml\n```',
    links: [],
    since: '0.1.0',
  },
  check({ delivery, migrations }, report) {
    if (delivery === undefined || migrations.length === 0) return;
    for (const edit of delivery.edits) check(edit, report);
  },
};

function check(edit: FileEdit, report: Report): void {
  const { job, file, path, pattern, matches } = edit;
  if (file === undefined) {
    report({
      message: `Job \`${job.name}\` writes into \`${path}\`, which is not in the repository: \`sed\` fails, and with it the release.`,
      at: edit.pathAt,
      related: [],
      hint: 'Correct the path, which counts from the top of the repository.',
    });
    return;
  }
  if (matches === undefined) return;
  const lines = file.text.split('\n').map((line, index) => ({ index, found: matches.exec(line), line }));
  const found = lines.filter((line) => line.found !== null);
  if (found.length === 0) {
    report({
      message: `Job \`${job.name}\` looks for \`${pattern}\` in \`${path}\`, and no line there matches: \`sed\` changes nothing and says nothing, so the version is never written.`,
      at: edit.patternAt,
      related: [],
      hint: 'Correct the key in the expression, or add it to the file.',
    });
    return;
  }
  const inside = found.find((line) => /[\w-]$/.test(line.line.slice(0, line.found?.index ?? 0)));
  if (inside === undefined) return;
  const start = (file.lineStarts[inside.index] ?? 0) + inside.line.search(/\S/);
  const key = inside.line.trim().split(':')[0] ?? '';
  report({
    message: `\`${pattern}\` in job \`${job.name}\` also matches within \`${key}\` of \`${path}\`: that line gets the version too.`,
    at: edit.patternAt,
    related: [{ at: { file, start, end: start + key.length }, note: 'matched here' }],
    hint: 'Anchor the expression at the beginning of the line.',
  });
}
