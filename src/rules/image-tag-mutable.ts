import { groupBy } from '../collections/group-by.ts';
import type { Report, Rule } from '../lint/rule.ts';
import { describeRunners } from '../model/images/image-runners.ts';
import { findMovingImages, type MovingImage } from '../model/images/moving-image.ts';
import { referTo } from '../objects/kubernetes-object.ts';
import { historyOf, joinRelated } from '../objects/place.ts';

/** An image of a release whose tag does not pin its version. */
export const imageTagMutable: Rule = {
  id: 'image-tag-mutable',
  severity: 'warning',
  category: 'service',
  docs: {
    summary: 'An image of the release has a tag that moves, or no tag',
    symptom:
      'A new image is pushed and nothing happens: no new Job, no new pods. Or a pod that moves to another node comes up with newer code than its neighbours, on a schema that nobody has migrated.',
    why: 'With `latest`, `main` or no tag at all the manifests stay the same from release to release. Nothing is applied, and the migration Job, which has already run, does not run again. And what a node pulls under the tag may not be what was tested with this migration. With `imagePullPolicy: IfNotPresent` a node that has an image of the tag does not even look for a newer one, and may run an old migration for a new service.\n\nThe rule looks at the image of the migration Job and at the service images that are built with it. A digest pins the image whatever its tag.\n\nNot reported:\n\n- images that are never pulled (`imagePullPolicy: Never`)\n- images without a registry that a script, or an example in a document, loads into a cluster (`kind load docker-image`)\n- placeholders (`REGISTRY/app`, `ghcr.io/your-org/app`)\n- when a script of the repository writes the tag before it applies the tree (`kustomize edit set image`, `sed`, `yq`, a here-document, Tilt, Skaffold), or sets it in the cluster (`kubectl set image`)\n- when Argo CD sets the image (`kustomize.images` of the Application, or its Image Updater)',
    fix: 'Tag each release once, and write the tag into the tree (`images:` with `newTag`, or a replacement).',
    links: ['https://kubernetes.io/docs/concepts/containers/images/#image-names'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const images of groupByImage(findMovingImages(model))) reportImages(images, report);
  },
};

/** Puts the same images together, in however many places their tag is set. */
function groupByImage(images: readonly MovingImage[]): (readonly MovingImage[])[] {
  return [...groupBy(images, ({ container: { image }, effect }) => [`${image.value}:${effect}`]).values()];
}

function reportImages(images: readonly MovingImage[], report: Report): void {
  const [first] = images;
  if (first === undefined) return;
  const { fault, effect } = first;
  const { image } = first.container;
  const { clause, elsewhere } = describeRunners(first, images);
  const isKept = images.some(({ container }) => container.isPulledOnce);
  const kept = isKept ? `. With \`imagePullPolicy: IfNotPresent\` a node keeps the image that it has of this tag` : '';
  report({
    message: `${clause}, ${fault}: ${effect}${kept}.`,
    at: image.place.at,
    related: joinRelated(...images.map(({ container }) => historyOf(container.image.place, 'image')), elsewhere),
    object: referTo(first.workload.object),
    field: image.path,
    hint: 'Pin a version or a digest.',
  });
}
