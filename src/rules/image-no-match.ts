import { setField } from '../findings/field-change.ts';
import type { Report, Rule } from '../lint/rule.ts';
import { findOmittedImages, type OmittedImage } from '../model/unmatched/omitted-image.ts';
import { findUnmatchedImages, type UnmatchedImage } from '../model/unmatched/unmatched-image.ts';
import { parseImage } from '../objects/image.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf, joinRelated } from '../objects/place.ts';
import { isMovingTag, isPlaceholderVersion } from '../objects/version.ts';
import { joinWords } from '../text/join-words.ts';

/** An entry of `images` that was meant for an image of a release, and does not match it, or one that is missing. */
export const imageNoMatch: Rule = {
  id: 'image-no-match',
  severity: 'error',
  category: 'tree',
  docs: {
    summary: 'An entry of `images` does not match the image that it was written for, or one image has none',
    symptom:
      'kustomize builds without an error, but the tag is not set: the migration Job or the service runs an older image, or `latest`, whatever version the overlay or the pipeline writes.',
    why: 'An entry changes images whose whole name is its `name`, with the registry and without tag and digest. `shop` does not match `ghcr.io/acme/shop`. An overlay sees images as its bases have left them: if a base has renamed `shop` to `ghcr.io/acme/shop` with `newName`, the entry of the overlay has to use the new name. The same goes for a name that a patch writes, also one of the same kustomization. kustomize says nothing about an entry without a match, nor about an image without an entry. If entries give a registry to three images or more whose names begin alike, such as `shop-web` and `shop-worker`, another image of that kind without a registry and tag was left out.\n\nNot reported:\n\n- an entry that resembles no image of a migration Job, of its services or of another workload that waits, unless it is the only one without a match, and the only image without a tag is in the same folder of the registry\n- an entry that resembles several images\n- an entry that repeats what a patch writes\n- an image whose tag another entry, a replacement or a variable sets',
    fix: 'Write the name that the image has before this kustomization changes it:\n\n```yaml\nimages:\n  - name: ghcr.io/acme/shop\n    newTag: v1.4.0\n```',
    fixing: {
      safe: 'no',
      how: 'Writes the name of the image into the entry. Not safe: which image is meant is a guess, and it gets a version that it did not get before.',
    },
    links: ['https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const unmatched of findUnmatchedImages(model)) reportEntry(unmatched, report);
    for (const omitted of findOmittedImages(model)) reportOmitted(omitted, report);
  },
};

function reportEntry(unmatched: UnmatchedImage, report: Report): void {
  const { entry, name, repository, uses } = unmatched;
  const [first] = uses;
  if (first === undefined) return;
  const workloads = [...new Set(uses.map(({ workload }) => describeObject(workload.object)))];
  const images = [...new Set(uses.map(({ image }) => `\`${image.value}\``))];
  const sets = joinWords(entry.sets.map((field) => `\`${field}\``));
  const fix = { title: `Match \`${repository}\``, safe: false, changes: [setField(name, repository)] };
  report({
    message: `This entry for image \`${name.value}\` matches no image: ${joinWords(workloads)} ${workloads.length > 1 ? 'run' : 'runs'} ${joinWords(images)}${reasons[unmatched.how](unmatched)}. kustomize reports nothing, and ${sets} ${entry.sets.length > 1 ? 'have' : 'has'} no effect.`,
    at: name.place.at,
    related: joinRelated(...uses.map(({ image }) => historyOf(image.place, 'image', name.place.at))),
    object: referTo(first.workload.object),
    field: first.image.path,
    hint: hintName(unmatched),
    // With its own name as the new one, it would move the image to another registry.
    ...(entry.newName.value === name.value ? {} : { fix }),
  });
}

/** An entry for the image of another registry may also be left over from the time before the image had a version here. */
function hintName({ entry, name, how, repository, uses }: UnmatchedImage): string {
  const keepsName = entry.newName.value === name.value ? ' without `newName`' : '';
  const versions = new Set(uses.map(({ image }) => versionOf(image.value)));
  const [version] = versions;
  const isOwn = how === 'registry' && versions.size === 1 && version !== undefined;
  const remove = isOwn ? `, or remove the entry if \`${version}\` is meant` : '';
  return `Write \`name: ${repository}\`${keepsName}${remove}.`;
}

/** The version that an image names; undefined for a tag that moves or stands for another, or none. */
function versionOf(image: string): string | undefined {
  const { tag, digest } = parseImage(image);
  return digest ?? (tag === undefined || isMovingTag(tag) || isPlaceholderVersion(tag) ? undefined : tag);
}

/** Reports an image that has no entry, although the others of the project have one. */
function reportOmitted({ workload, image, prefix, others, entry, folder }: OmittedImage, report: Report): void {
  const { object } = workload;
  report({
    message: `${describeObject(object)} runs image \`${image.value}\`, which no entry of \`images\` gives a registry, as the entries for the ${others} others named \`${prefix}…\` do: nodes look for \`docker.io/library/${image.value}:latest\`, and its pods stay in \`ImagePullBackOff\`.`,
    at: image.place.at,
    related: [{ at: entry.at, note: 'the entry of another image' }],
    object: referTo(object),
    field: image.path,
    hint: `Add an entry with \`name: ${image.value}\` and \`newName: ${folder}/${image.value}\`, and have it written wherever the others are.`,
  });
}

/** Why the name does not match, in a clause. */
const reasons: Readonly<Record<UnmatchedImage['how'], (unmatched: UnmatchedImage) => string>> = {
  renamed: ({ name }) => `, since another kustomization has already renamed \`${name.value}\``,
  patched: () => ', which a patch has written before the entries of `images` are applied',
  registry: () => ', and only the whole name matches',
  typo: () => '',
  untagged: () => ', the only image without a tag',
};
