// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the docs speak of variables as users write them.

import type { Delivery } from '../delivery/delivery.ts';
import type { FileEdit } from '../delivery/edits/file-edits.ts';
import { placeOfEdit } from '../delivery/edits/tag-edits.ts';
import { findWrittenOtherwise } from '../delivery/edits/written-version.ts';
import type { ImageBuild } from '../delivery/images/image-builds.ts';
import { findTagDifferences } from '../delivery/images/image-pairs.ts';
import { findSkippedBuild } from '../delivery/images/skipped-build.ts';
import { findUnbuiltImage } from '../delivery/images/unbuilt-image.ts';
import { describeExpanded } from '../delivery/pipelines/variables.ts';
import type { Report, Rule } from '../lint/rule.ts';
import type { RootModel } from '../model/root-model.ts';
import { parseImage } from '../objects/image.ts';
import { describeObject } from '../objects/kubernetes-object.ts';

/** A pipeline that gives the service and its migration different tags. */
export const ciImageVersion: Rule = {
  id: 'ci-image-version',
  severity: 'error',
  category: 'delivery',
  docs: {
    summary: 'The pipeline tags the images of the service and its migration differently',
    symptom:
      'The migration Job or the service stays in `ImagePullBackOff`: the manifests use one version for both images, and only one of them was pushed under it.',
    why: 'The pattern uses one version for both images, the name of the Job and the argument of the init container. An image that was pushed under another tag is missing under that version or, worse, is an older one.\n\nThe rule compares the tags that the pipeline gives its images with kaniko, docker, podman, buildah, crane, skopeo, `docker/build-push-action`, and `az acr build` or `Docker@2` of Azure, in every job of a matrix. It fills in the variables that the pipeline sets and what its steps write to `$GITHUB_OUTPUT` or with `##vso[task.setvariable]`, and compares the tags of `docker/metadata-action` rule by rule.\n\nIt also compares these tags with the version that the pipeline writes into the tree with `sed`, `yq` or `kustomize edit set image`. It warns if that version is for both images but only one of them is built, or if one is built only when certain files change (`paths`, `rules: changes`, `trigger: paths`).\n\nNot reported:\n\n- tags that only a running step knows\n- an image that no job builds, when a program, action or task may build it',
    fix: 'Use the same variable for both:\n\n```yaml\n--destination ${CI_REGISTRY_IMAGE}/service:${IMAGE_TAG}\n--destination ${CI_REGISTRY_IMAGE}/migration:${IMAGE_TAG}\n```',
    links: [],
    since: '0.1.0',
  },
  check(model, report) {
    const { delivery } = model;
    if (delivery === undefined) return;
    const differences = findTagDifferences(delivery.builds);
    if (differences.length === 0) {
      for (const edit of delivery.edits) checkWritten(model, edit, delivery.builds, report);
      checkUnbuilt(model, delivery, report);
      checkChanges(model, delivery, report);
    }
    for (const { migration, service } of differences) {
      const isWritten = writtenTag(migration) !== writtenTag(service);
      const [own, other] = [migration, service].map((build) =>
        describeExpanded((isWritten ? writtenTag(build) : build.tag) ?? ''),
      );
      report({
        message: `Job \`${migration.job.name}\` builds the migration's image with the tag \`${own}\`, but the service's is built with \`${other}\`: a release that uses one version for both finds only one of the images.`,
        at: migration.at,
        related: [{ at: service.at, note: "the service's image is built here" }],
        hint: `Tag both with \`${other}\`.`,
      });
    }
  },
};

/** The tag as the pipeline writes it, with its variables. A tag that an action derives from a rule is not written there. */
function writtenTag({ image, tag }: ImageBuild): string | undefined {
  return parseImage(image).tag?.replace(/\s/g, '') ?? tag;
}

/** A version that the pipeline writes into the tree for an image that it builds with another tag. */
function checkWritten(model: RootModel, edit: FileEdit, builds: readonly ImageBuild[], report: Report): void {
  const found = findWrittenOtherwise(model, edit, builds);
  if (found === undefined) return;
  const { workload, build, written } = found;
  report({
    message: `Job \`${edit.job.name}\` writes \`${describeExpanded(written)}\` into \`${edit.path}\`, but the image of ${describeObject(workload.object)} is built with the tag \`${describeExpanded(build.tag ?? '')}\`: the release asks for an image that does not exist.`,
    at: placeOfEdit(edit),
    related: [{ at: build.at, note: 'the image is built here' }],
    hint: 'Build the image with the version that is written, or write the tag it is built with.',
  });
}

/** A migration image that gets the version of each run, like the service's, but that no job builds. */
function checkUnbuilt(model: RootModel, delivery: Delivery, report: Report): void {
  const unbuilt = findUnbuiltImage(model, delivery);
  if (unbuilt === undefined) return;
  const { repository, migration, container, build, service } = unbuilt;
  report({
    message: `Job \`${build.job.name}\` builds the image of ${describeObject(service.object)}, but no job of the pipelines builds \`${repository}\`, which ${describeObject(migration.job.object)} runs under the same version: its pods stay in \`ImagePullBackOff\`.`,
    at: build.at,
    related: [{ at: container.image.place.at, note: 'the image that is not built' }],
    hint: 'Build the image of the migration beside it, with the same tag.',
    severity: 'warning',
  });
}

/** An image that is built for some changes only, although each run writes its version. */
function checkChanges(model: RootModel, delivery: Delivery, report: Report): void {
  const skipped = findSkippedBuild(model, delivery);
  if (skipped === undefined) return;
  const { repository, workload, build, filter, edit } = skipped;
  report({
    message: `Job \`${build.job.name}\` builds \`${repository}\` only when \`${filter.patterns.join('`, `')}\` changes, but job \`${edit.job.name}\` writes its version in other runs, too: ${describeObject(workload.object)} then asks for an image that was not built, and its pods stay in \`ImagePullBackOff\`.`,
    at: filter.at,
    related: [{ at: placeOfEdit(edit), note: 'the version is written here' }],
    hint: 'Build both images in each run that writes a version.',
    severity: 'warning',
  });
}
