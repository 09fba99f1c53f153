import { groupBy } from '../collections/group-by.ts';
import type { Report, Rule } from '../lint/rule.ts';
import { describeRunners } from '../model/images/image-runners.ts';
import { findMisnamedImages, type MisnamedImage } from '../model/images/misnamed-image.ts';
import { referTo } from '../objects/kubernetes-object.ts';
import { historyOf, joinRelated } from '../objects/place.ts';

/** An image that no registry can have under the name that a container gives it. */
export const imageName: Rule = {
  id: 'image-name',
  severity: 'error',
  category: 'service',
  docs: {
    summary: 'The name of an image is not valid, or names another registry than is meant',
    symptom:
      '`InvalidImageName`: `couldn\'t parse image name "ghcr.io/AcmeShop/app:v1": invalid reference format: repository name (AcmeShop/app) must be lowercase`. The container never starts, and whatever waits for the migration keeps waiting.',
    why: '`kubectl apply` and `kustomize build` take any text as an image; only the kubelet reads it. In the name of an image only the host of the registry may have capitals, while the names of owners on GitHub and GitLab often do. In `AcmeShop/app`, without a host, the kubelet takes `AcmeShop` for the host. A digest follows an `@`: `app@sha256:…`; with a colon, or as `app/sha256:…`, it is read as part of the name. An address such as `https://` is not part of a name.\n\nThe rule looks at the images of a release, and of whatever waits for its migration.\n\nNot reported:\n\n- placeholders, such as `ghcr.io/OWNER/app`\n- an image whose name a script of the repository may set',
    fix: 'Write the name in lower case, as registries store it:\n\n```yaml\nimage: ghcr.io/acmeshop/app:v1.4.0\n```\n\nand lower the case of the owner in the pipeline that pushes it.',
    links: ['https://kubernetes.io/docs/concepts/containers/images/#image-names'],
    since: '0.1.0',
  },
  check(model, report) {
    const byImage = groupBy(findMisnamedImages(model), ({ container }) => [container.image.value ?? '']);
    for (const images of byImage.values()) reportImages(images, report);
  },
};

function reportImages(images: readonly MisnamedImage[], report: Report): void {
  const [first] = images;
  if (first === undefined) return;
  const { image } = first.container;
  const { clause, areSeveral, elsewhere } = describeRunners(first, images);
  report({
    message: `${clause}, ${first.what}: ${areSeveral ? 'their' : 'its'} pods stay in \`${first.state}\`.`,
    at: image.place.at,
    related: joinRelated(historyOf(image.place, 'image'), elsewhere),
    object: referTo(first.workload.object),
    field: image.path,
    hint: `Write \`${first.meant}\`.`,
  });
}
