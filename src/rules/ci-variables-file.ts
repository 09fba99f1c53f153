// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the docs speak of variables as users write them.
import { findEmptyValue } from '../delivery/edits/empty-value.ts';
import type { FileEdit, ImageEdit, KeyEdit, PatternEdit } from '../delivery/edits/file-edits.ts';
import { findForgottenImage } from '../delivery/edits/forgotten-image.ts';
import { findPatternFault, findQuotedVariable } from '../delivery/edits/pattern-fault.ts';
import { placeOfEdit } from '../delivery/edits/tag-edits.ts';
import type { Report, Rule } from '../lint/rule.ts';
import type { RootModel } from '../model/root-model.ts';
import { parseImage } from '../objects/image.ts';
import { describeObject } from '../objects/kubernetes-object.ts';
import { allContainers } from '../objects/workload.ts';
import type { SourceFile } from '../source/source-file.ts';

/** A pipeline that writes the version where nothing reads it. */
export const ciVariablesFile: Rule = {
  id: 'ci-variables-file',
  severity: 'error',
  category: 'delivery',
  docs: {
    summary: 'The pipeline writes the version to a file, key or image that does not exist, or to others as well',
    symptom:
      "The pipeline is green and nothing is released: `sed` silently changes no line, and the commit is empty or the file keeps the old tag. Or another key gets the service's version.",
    why: "`sed` fails if the file is missing and is silent if no line matches. A pattern such as `IMAGE_TAG: .*` also matches in the middle of `OLD_IMAGE_TAG: …`. `yq` silently adds a key that does not exist, and `kustomize edit set image` silently adds an image that nothing uses. An image of the release that is not set keeps its old tag. Between single quotes the shell expands no variable, so the text `$IMAGE_TAG` itself is written. And GitHub fills in nothing for the output of a job that is not under `needs`, or of a step that does not exist.\n\nThe rule reads `sed -i` and `perl -pi` with one expression, `yq -i`, `envsubst <` and `kustomize edit set image`, and follows `cd`. Of a folder that an input chooses, it takes the one that stands for an empty input (`${{ inputs.stage || 'production' }}`). It tries patterns without variables on the file in the repository.\n\nNot reported:\n\n- files that the job generates or fetches",
    fix: 'Anchor the pattern at the line\'s indentation:\n\n```sh\nsed -i "s/^\\(  IMAGE_TAG\\): .*/\\1: \\"${IMAGE_TAG}\\"/" k8s/deployment-variables.yaml\n```',
    links: [],
    since: '0.1.0',
  },
  check(model, report) {
    const { delivery } = model;
    if (delivery === undefined) return;
    for (const edit of delivery.edits) {
      check(edit, model, report);
      checkValue(edit, report);
    }
    checkForgotten(delivery.edits, model, report);
  },
};

function check(edit: FileEdit, model: RootModel, report: Report): void {
  if (edit.file === undefined) reportMissing(edit, report);
  else if (edit.kind === 'pattern') {
    checkPattern(edit, edit.file, report);
    checkQuotes(edit, report);
  } else if (edit.kind === 'key') checkKey(edit, report);
  else if (edit.kind === 'image') checkImage(edit, model, report);
}

function reportMissing(edit: FileEdit, report: Report): void {
  const { job, program, path } = edit;
  if (edit.kind === 'image') {
    report({
      message: `Job \`${job.name}\` sets image \`${edit.image}\` in \`${path}\`, where no kustomization is: \`kustomize\` fails, and with it the release.`,
      at: edit.imageAt,
      related: [],
      hint: 'Change to the folder of the kustomization first.',
    });
    return;
  }
  const does = edit.kind === 'template' ? 'reads' : 'writes into';
  report({
    message: `Job \`${job.name}\` ${does} \`${path}\`, which is not in the repository: \`${program}\` fails, and with it the release.`,
    at: edit.pathAt,
    related: [],
    hint: 'Correct the path, which is relative to the folder that the command runs in.',
  });
}

/** Reports a version that GitHub never fills in. */
function checkValue(edit: FileEdit, report: Report): void {
  const empty = findEmptyValue(edit);
  if (empty === undefined) return;
  report({
    message: `Job \`${edit.job.name}\` writes \`\${{ ${empty.output} }}\` into \`${edit.path}\`, which is always empty: ${empty.reason}. The version is never written.`,
    at: placeOfEdit(edit),
    related: [],
    hint: empty.hint,
  });
}

function checkPattern(edit: PatternEdit, file: SourceFile, report: Report): void {
  const { job, program, path, pattern, patternAt } = edit;
  const fault = findPatternFault(edit, file);
  if (fault?.kind === 'no match') {
    report({
      message: `Job \`${job.name}\` looks for \`${pattern}\` in \`${path}\`, but no line there matches: \`${program}\` silently changes nothing, and the version is never written.`,
      at: patternAt,
      related: [],
      hint: 'Change the pattern to match the line that holds the version, or add that line to the file.',
    });
  } else if (fault?.kind === 'other key') {
    report({
      message: `\`${pattern}\` in job \`${job.name}\` also matches within \`${fault.key}\` of \`${path}\`: that line gets the version too.`,
      at: patternAt,
      related: [{ at: fault.at, note: 'matched here' }],
      hint: 'Anchor the expression at the beginning of the line.',
    });
  }
}

function checkQuotes(edit: PatternEdit, report: Report): void {
  const variable = findQuotedVariable(edit);
  if (variable === undefined) return;
  report({
    message: `Job \`${edit.job.name}\` writes \`${variable}\` into \`${edit.path}\` literally, since the shell expands nothing between single quotes: the tree gets that text instead of the version.`,
    at: edit.patternAt,
    related: [],
    hint: 'Put the expression in double quotes.',
  });
}

function checkKey({ job, path, key, keyAt, missingIn }: KeyEdit, report: Report): void {
  if (key === undefined || missingIn === undefined) return;
  report({
    message: `Job \`${job.name}\` sets \`${key}\` in \`${path}\`, but the ConfigMap there has no such key: \`yq\` silently adds it, and what the tree reads keeps the old version.`,
    at: keyAt,
    related: [{ at: missingIn, note: 'the existing keys' }],
    hint: 'Correct the key in the expression, or add it to the file.',
  });
}

/** kustomize reads the name as a regular expression, so only a name without special characters can be judged. */
function checkImage({ job, path, image, imageAt, folder, listed }: ImageEdit, model: RootModel, report: Report): void {
  if (listed || model.root.path !== folder || !model.complete || /[$*+?()[\]|^\\]/.test(image)) return;
  const used = model.workloads.flatMap(({ pod }) => allContainers(pod).map((container) => container.image.value ?? ''));
  if (used.some((each) => parseImage(each).repository === image)) return;
  report({
    message: `Job \`${job.name}\` sets image \`${image}\` in \`${path}\`, but no container of that build has this image: \`kustomize\` silently adds the entry, and the version is never written.`,
    at: imageAt,
    related: [],
    hint: 'Use the image name that the containers have.',
  });
}

function checkForgotten(edits: readonly FileEdit[], model: RootModel, report: Report): void {
  const forgotten = findForgottenImage(edits, model);
  if (forgotten === undefined) return;
  const { edit, set, name, workload, image } = forgotten;
  report({
    message: `Job \`${edit.job.name}\` sets image \`${set}\` in \`${edit.path}\`, but no job sets \`${name}\`, which ${describeObject(workload.object)} runs: it keeps the old version, and code and schema drift apart.`,
    at: edit.imageAt,
    related: [{ at: image.place.at, note: `the tag of \`${name}\`` }],
    hint: `Set \`${name}\` to the same version beside it.`,
  });
}
