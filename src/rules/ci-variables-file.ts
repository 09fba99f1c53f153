// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the docs speak of variables as users write them.
import type { FileEdit, ImageEdit, KeyEdit, PatternEdit } from '../delivery/delivery.ts';
import { escapePattern } from '../escape-pattern.ts';
import type { Report, Rule } from '../lint/rule.ts';
import type { RootModel } from '../model/root-model.ts';
import { parseImage } from '../objects/image.ts';
import { describeObject } from '../objects/kubernetes-object.ts';
import { firstText, lastStep } from '../objects/place.ts';
import { allContainers, type Container } from '../objects/workload.ts';
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
    why: '`sed` fails if the file is missing and is silent if no line matches. A pattern such as `IMAGE_TAG: .*` also matches in the middle of `OLD_IMAGE_TAG: …`. `yq` silently adds a key that does not exist, and `kustomize edit set image` silently adds an image that nothing uses. An image of the release that is not set keeps its old tag. Between single quotes the shell expands no variable, so the text `$IMAGE_TAG` itself is written.\n\nThe rule reads `sed -i` and `perl -pi` with one expression, `yq -i`, `envsubst <` and `kustomize edit set image`, and follows `cd`. It tries patterns without variables on the file in the repository.\n\nNot reported:\n\n- files that the job generates or fetches',
    fix: 'Anchor the pattern at the line\'s indentation:\n\n```sh\nsed -i "s/^\\(  IMAGE_TAG\\): .*/\\1: \\"${IMAGE_TAG}\\"/" k8s/deployment-variables.yaml\n```',
    links: [],
    since: '0.1.0',
  },
  check(model, report) {
    const { delivery } = model;
    if (delivery === undefined) return;
    for (const edit of delivery.edits) check(edit, model, report);
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

function checkPattern(edit: PatternEdit, file: SourceFile, report: Report): void {
  const { matches } = edit;
  if (matches === undefined) return;
  const found = file.text.split('\n').flatMap((line, index): FoundLine[] => {
    const match = matches(line);
    if (match === undefined) return [];
    const isInKey = /^[\w-]/.test(match.text) && /[\w-]$/.test(line.slice(0, match.start));
    return [{ line, index, isInKey }];
  });
  const inKey = found.find(({ isInKey }) => isInKey);
  if (found.length === 0) reportNoMatch(edit, report);
  // If every match is within a longer key, that is intended.
  else if (inKey && found.some(({ isInKey }) => !isInKey)) reportOtherKey(edit, file, inKey, report);
}

/** A line of a file that a pattern matches. */
interface FoundLine {
  readonly line: string;
  readonly index: number;
  /** Whether the match starts in the middle of a word. */
  readonly isInKey: boolean;
}

function reportNoMatch({ job, program, path, pattern, patternAt }: PatternEdit, report: Report): void {
  report({
    message: `Job \`${job.name}\` looks for \`${pattern}\` in \`${path}\`, but no line there matches: \`${program}\` silently changes nothing, and the version is never written.`,
    at: patternAt,
    related: [],
    hint: 'Change the pattern to match the line that holds the version, or add that line to the file.',
  });
}

function reportOtherKey(edit: PatternEdit, file: SourceFile, { line, index }: FoundLine, report: Report): void {
  const start = (file.lineStarts[index] ?? 0) + line.search(/\S/);
  const key = line.trim().split(':')[0] ?? '';
  report({
    message: `\`${edit.pattern}\` in job \`${edit.job.name}\` also matches within \`${key}\` of \`${edit.path}\`: that line gets the version too.`,
    at: edit.patternAt,
    related: [{ at: { file, start, end: start + key.length }, note: 'matched here' }],
    hint: 'Anchor the expression at the beginning of the line.',
  });
}

/** The shell expands nothing between single quotes, and sed knows no variables. */
function checkQuotes({ job, program, path, written = '', patternAt }: PatternEdit, report: Report): void {
  const { file, start, end } = patternAt;
  const variable = /\$(\w+|\{\w+\})/.exec(written)?.[0];
  const isQuoted = /'s\W$/.test(file.text.slice(Math.max(start - 3, 0), start));
  const fillsLater = job.commands.some(({ words }) => words[0] === 'envsubst');
  if (program !== 'sed' || variable === undefined || !isQuoted || fillsLater) return;
  const line = file.text.slice(end, file.text.indexOf('\n', end));
  if (!new RegExp(`^[^']*${escapePattern(written)}[^']*'`).test(line)) return;
  report({
    message: `Job \`${job.name}\` writes \`${variable}\` into \`${path}\` literally, since the shell expands nothing between single quotes: the tree gets that text instead of the version.`,
    at: patternAt,
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

/** A pipeline that sets the image of the service under `images` and not that of its migration, or the other way round. */
function checkForgotten(edits: readonly FileEdit[], model: RootModel, report: Report): void {
  const own = edits.filter(
    (edit): edit is ImageEdit => edit.kind === 'image' && edit.folder === model.root.path && edit.listed,
  );
  const last = own.at(-1);
  // Another command may write the tag in some other way.
  if (last === undefined || edits.some(({ kind, file }) => kind !== 'image' && file === last.file)) return;
  const names = new Set(own.map(({ image }) => image));
  for (const { migrations, services } of model.releases) {
    const pods = [...services.map(({ workload }) => workload), ...migrations.map(({ job }) => job)];
    const images = pods.flatMap((workload) =>
      workload.pod.containers.flatMap(({ image }) => {
        const name = imageName(image, last.file);
        return name === undefined ? [] : [{ workload, name, image, tag: parseImage(image.value ?? '').tag }];
      }),
    );
    const set = images.find(({ name }) => names.has(name));
    const forgotten = images.find(({ name, tag }) => !names.has(name) && tag !== undefined && tag === set?.tag);
    if (set === undefined || forgotten === undefined) continue;
    report({
      message: `Job \`${last.job.name}\` sets image \`${set.name}\` in \`${last.path}\`, but no job sets \`${forgotten.name}\`, which ${describeObject(forgotten.workload.object)} runs: it keeps the old version, and code and schema drift apart.`,
      at: last.imageAt,
      related: [{ at: forgotten.image.place.at, note: `the tag of \`${forgotten.name}\`` }],
      hint: `Set \`${forgotten.name}\` to the same version beside it.`,
    });
    return;
  }
}

/** The name that a container gives an image whose tag comes from the kustomization in `file`. */
function imageName(image: Container['image'], file: FileEdit['file']): string | undefined {
  return lastStep(image.place, 'image')?.at.file === file ? parseImage(firstText(image.place)).repository : undefined;
}
