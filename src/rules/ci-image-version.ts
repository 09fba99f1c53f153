// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the docs speak of variables as users write them.

import type { ImageBuild } from '../delivery/delivery.ts';
import { findTagDifferences } from '../delivery/image-pairs.ts';
import type { Rule } from '../lint/rule.ts';
import { parseImage } from '../model/image.ts';

/** A pipeline that gives the service and its migration different tags. */
export const ciImageVersion: Rule = {
  id: 'ci-image-version',
  severity: 'error',
  category: 'delivery',
  docs: {
    summary: 'The pipeline builds the images of the service and of its migration with different tags',
    symptom:
      'The migration Job, or the service, stands in `ImagePullBackOff`: the manifests ask for one version of both images, and only one of the two was pushed under it.',
    why: 'The pattern puts one version into both images, the name of the Job and the argument of the init container. An image that is pushed under another tag is not there under that one; or, worse, an older one is. The rule compares the tags of images that the pipeline builds or names anew with kaniko, docker, podman, buildah, crane, skopeo or `docker/build-push-action`, with the variables that the pipeline itself sets filled in, in every job of a matrix. Tags that only a running step knows are left alone, and those of `docker/metadata-action` are compared rule by rule.',
    fix: 'Use the same variable for both:\n\n```yaml\n--destination ${CI_REGISTRY_IMAGE}/service:${IMAGE_TAG}\n--destination ${CI_REGISTRY_IMAGE}/migration:${IMAGE_TAG}\n```',
    links: [],
    since: '0.1.0',
  },
  check({ delivery }, report) {
    if (delivery === undefined) return;
    for (const { migration, service } of findTagDifferences(delivery.builds)) {
      const isWritten = writtenTag(migration) !== writtenTag(service);
      const [own, other] = [migration, service].map((build) => (isWritten ? writtenTag(build) : build.tag) ?? '');
      report({
        message: `Job \`${migration.job.name}\` builds the migration's image with the tag \`${own}\`, and the service's is built with \`${other}\`: a release that asks for one version of both finds only one of the images.`,
        at: migration.at,
        related: [{ at: service.at, note: "the service's image is built here" }],
        hint: `Tag both with \`${other}\`.`,
      });
    }
  },
};

/** The tag as the pipeline has it, with its variables; what an action makes of a rule is not written there. */
function writtenTag({ image, tag }: ImageBuild): string | undefined {
  return parseImage(image).tag?.replace(/\s/g, '') ?? tag;
}
