// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the docs speak of variables as users write them.
import { pairImages, tagOf } from '../delivery/image-pairs.ts';
import type { Rule } from '../lint/rule.ts';

/** A pipeline that gives the service and its migration different tags. */
export const ciImageVersion: Rule = {
  id: 'ci-image-version',
  severity: 'error',
  category: 'delivery',
  docs: {
    summary: 'The pipeline builds the images of the service and of its migration with different tags',
    symptom:
      'The migration Job, or the service, stands in `ImagePullBackOff`: the manifests ask for one version of both images, and only one of the two was pushed under it.',
    why: 'The pattern puts one version into both images, the name of the Job and the argument of the init container. An image that is pushed under another tag is not there under that one; or, worse, an older one is. The rule compares the tags of images that the pipeline builds with kaniko, docker, buildah or `docker/build-push-action`, as they are written.',
    fix: 'Use the same variable for both:\n\n```yaml\n--destination ${CI_REGISTRY_IMAGE}/service:${IMAGE_TAG}\n--destination ${CI_REGISTRY_IMAGE}/migration:${IMAGE_TAG}\n```',
    links: [],
    since: '0.1.0',
  },
  check({ delivery, migrations }, report) {
    if (delivery === undefined || migrations.length === 0) return;
    const pairs = pairImages(delivery);
    for (const { migration, services } of pairs) {
      const others = pairs.filter((pair) => pair.services[0] === services[0]).map((pair) => tagOf(pair.migration));
      const tags = services.map(tagOf);
      const [tag, known] = [tagOf(migration), tags.every((each) => each !== undefined)];
      if (tag === undefined || !known || others.some((each) => each === undefined || tags.includes(each))) continue;
      const [service] = services;
      if (service === undefined) continue;
      report({
        message: `Job \`${migration.job.name}\` builds the migration's image with the tag \`${tag}\`, and the service's is built with \`${tags[0] ?? ''}\`: a release that asks for one version of both finds only one of the images.`,
        at: migration.at,
        related: [{ at: service.at, note: "the service's image is built here" }],
        hint: `Tag both with \`${tags[0] ?? ''}\`.`,
      });
    }
  },
};
