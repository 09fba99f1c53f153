import type { Fix } from '../findings/fix.ts';
import type { Report, Rule } from '../lint/rule.ts';
import { concernsMigrations } from '../model/releases/dependents.ts';
import type { ReplacementWrite } from '../model/replacements/replacement-write.ts';
import { findSegmentFault, type SegmentFault } from '../model/replacements/segment-fault.ts';
import type { RootModel } from '../model/root-model.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { joinRelated } from '../objects/place.ts';
import { versionLikePart } from '../objects/version.ts';

/** A replacement that writes a version over the wrong part of a text. */
export const replacementSegment: Rule = {
  id: 'replacement-segment',
  severity: 'error',
  category: 'tree',
  docs: {
    summary: 'A replacement writes the version over the wrong part of a name or image',
    symptom:
      'A Job whose name is a bare version, or still has its placeholder and is refused. Pods in `InvalidImageName`, `ErrImagePull` or `ImagePullBackOff`, because the version is where the registry or the name should be.',
    why: "Without `delimiter` a replacement overwrites the whole value. With `delimiter` and `index` it replaces the part at that position, counted from 0: in `my-app-migration-TAG` the tag is at index 3 of `-`, and in `registry:5000/app:TAG` at index 2 of `:`. An index beyond the end appends the value. If the file holds a version with dashes, only one of its parts is replaced. kustomize says nothing in any of these cases. The rule looks at images and names of Jobs that a version is written into; `wait-job-match` reports what goes wrong in a waiter's argument.",
    fix: 'Count the parts, or use a placeholder that does not contain the delimiter:\n\n```yaml\nfieldPaths:\n  - metadata.name # my-app-migration-TAG\noptions:\n  delimiter: "-"\n  index: 3\n```',
    fixing: {
      safe: 'depends',
      how: 'Writes `options` with the delimiter and the index of the last part. Safe if that is a placeholder in capitals, such as `TAG`; otherwise it is a guess. If the rest of an older version would be left over, nothing is written.',
    },
    links: ['https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/replacements/#delimiter'],
    since: '0.1.0',
  },
  check(model, report) {
    if (!concernsMigrations(model)) return;
    for (const write of model.replacementWrites) {
      const fault = findSegmentFault(write);
      if (fault) reportFault(model, write, fault, report);
    }
  },
};

function reportFault(model: RootModel, write: ReplacementWrite, fault: SegmentFault, report: Report): void {
  const what = write.path === 'metadata.name' ? 'name' : 'image';
  const fix = makeFix(model, write, fault, what);
  report({
    message: `This replacement turns the ${what} \`${fault.before}\` of ${describeObject(write.object)} into \`${fault.after}\`: ${explain(write, fault)}. ${what === 'name' ? 'The Job does not get the intended name.' : 'The image cannot be pulled.'}`,
    at: (write.part ?? write.place).at,
    related: joinRelated(
      [{ at: write.place.at, note: `${what} replaced here` }],
      write.before.slice(0, 1).map(({ at }) => ({ at, note: `${what} set here` })),
      [{ at: write.valueAt, note: 'by this value' }],
    ),
    hint: hintFor(write, fault, what),
    object: referTo(write.object),
    fix,
  });
}

/** Where the version belongs in a text. */
interface VersionPart {
  readonly delimiter: string;
  readonly index: number;
  /** The part that it replaces; undefined if it is appended. */
  readonly replaced: string | undefined;
}

/** The version replaces a placeholder or a version at the end of a name, or the tag of an image; otherwise it is appended. */
function versionPart(before: string, what: 'name' | 'image'): VersionPart {
  const delimiter = what === 'name' ? '-' : ':';
  const parts = before.split(delimiter);
  const index = what === 'name' ? findVersion(parts) : findTag(parts);
  return index >= 0 && parts.length > 1
    ? { delimiter, index, replaced: parts[index] }
    : { delimiter, index: parts.length, replaced: undefined };
}

/** The position of the tag in the parts of an image; negative if it has none, but perhaps a port. */
function findTag(parts: readonly string[]): number {
  return parts.at(-1)?.includes('/') ? -1 : parts.length - 1;
}

/** The position of the version in the parts of a name: that of a placeholder, or the end; negative if it has none. */
function findVersion(parts: readonly string[]): number {
  const placeholder = parts.findLastIndex(isPlaceholder);
  const last = parts.at(-1) ?? '';
  return placeholder < 0 && versionLikePart(last) === last ? parts.length - 1 : placeholder;
}

function isPlaceholder(text: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(text);
}

function describeGoal(replaced: VersionPart['replaced'], before: string): string {
  return replaced === undefined ? `after \`${before}\`` : `in place of \`${replaced}\``;
}

function makeFix(
  model: RootModel,
  write: ReplacementWrite,
  { how, before }: SegmentFault,
  what: 'name' | 'image',
): Fix | undefined {
  if (how === 'rest left') return undefined;
  const { replaced, ...options } = versionPart(before, what);
  const writes = what === 'name' ? [write, ...sameElsewhere(model, write, before)] : [write];
  return {
    title: `Put the value ${describeGoal(replaced, before)}`,
    safe: replaced !== undefined && isPlaceholder(replaced),
    renames: true,
    objects: writes.map(({ object }) => referTo(object)),
    changes: writes.map(({ place }) => ({
      kind: 'write',
      in: place.at,
      beside: true,
      path: ['options'],
      value: options,
    })),
  };
}

/** The targets that put the value in the same wrong part of the same text: those for the arguments that name the Job. */
function sameElsewhere({ replacementWrites }: RootModel, write: ReplacementWrite, before: string): ReplacementWrite[] {
  return replacementWrites.filter(
    (other) =>
      other.object !== write.object &&
      other.value === write.value &&
      other.before.some(({ text }) => text === before) &&
      other.part?.delimiter === write.part?.delimiter &&
      other.part?.index === write.part?.index,
  );
}

function explain({ part }: ReplacementWrite, { how }: SegmentFault): string {
  switch (how) {
    case 'whole':
      return 'without `delimiter` the whole value is replaced instead of a part';
    case 'wrong part':
      return `part ${part?.index ?? 0} at delimiter \`${part?.delimiter ?? ''}\` is not the version`;
    case 'rest left':
      return `only part ${part?.index ?? 0} is replaced, and the rest of the old version stays after it`;
  }
}

function hintFor({ value }: ReplacementWrite, { how, before }: SegmentFault, what: 'name' | 'image'): string {
  if (how === 'rest left') return 'Write a placeholder without `-`, such as `TAG`, in place of the version.';
  const { delimiter, index, replaced } = versionPart(before, what);
  return `Write \`options: {delimiter: "${delimiter}", index: ${index}}\` to put \`${value ?? ''}\` ${describeGoal(replaced, before)}.`;
}
