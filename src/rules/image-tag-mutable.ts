import type { Report, Rule } from '../lint/rule.ts';
import { isTaggedByScript } from '../model/deployment.ts';
import { isPlaceholderImage, isUtilityImage, parseImage } from '../model/image.ts';
import { kinContainers } from '../model/kin-image.ts';
import { describeObject, referTo } from '../model/kubernetes-object.ts';
import { migratingContainer } from '../model/migration.ts';
import { historyOf, lastSetter } from '../model/place.ts';
import { isSymbolic } from '../model/symbolic.ts';
import { isMovingTag } from '../model/version.ts';
import type { Container, Workload } from '../model/workload.ts';

/** An image of a release whose tag does not say which one it is. */
export const imageTagMutable: Rule = {
  id: 'image-tag-mutable',
  severity: 'warning',
  category: 'service',
  docs: {
    summary: 'An image of the release has a tag that moves, or none',
    symptom:
      'A new image is pushed and nothing happens: no new Job, no new pods. Or a pod that is moved to another node comes up with newer code than its neighbours, on a schema that nobody has migrated.',
    why: 'Under `latest`, `main` or no tag at all the manifests stay the same from release to release, so that nothing is applied and the migration Job, which has run, does not run again. And what is behind the tag when a node pulls it is not what was tested with this migration. The rule looks at the image of the migration Job and at those of the service that are built with it. A digest pins the image whatever the tag. Nothing is said of a placeholder (`REGISTRY/app`), nor where a script of the repository writes the tag before it applies the tree (`kustomize edit set image`, `sed`, `yq`, a here-document, Tilt), nor where it sets it in the cluster (`kubectl set image`).',
    fix: 'Tag each release once, and write the tag into the tree (`images:` with `newTag`, or a replacement).',
    links: ['https://kubernetes.io/docs/concepts/containers/images/#image-names'],
    since: '0.1.0',
  },
  check(model, report) {
    const seen = new Set<Container>();
    for (const migration of model.migrations) {
      const services = model.releases.flatMap((release) => release.services);
      const dependent = services.filter(({ dependsOn }) => dependsOn.some((one) => one.migration === migration));
      const images: [Workload, Container | undefined][] = [[migration.job, migratingContainer(migration)]];
      for (const service of dependent) {
        for (const container of kinContainers(service, migration)) images.push([service.workload, container]);
      }
      for (const [workload, container] of images) {
        if (container === undefined || seen.has(container)) continue;
        seen.add(container);
        if (!isTaggedByScript(model, workload, container.image)) checkImage(workload, container, report);
      }
    }
  },
};

function checkImage({ object }: Workload, { image }: Container, report: Report): void {
  const { repository, tag, digest } = parseImage(image.value ?? '');
  if (image.value === undefined || isUtilityImage(repository) || digest !== undefined) return;
  if (isSymbolic(image.value) || isPlaceholderImage(image.value)) return;
  if (tag !== undefined && !isMovingTag(tag)) return;
  // What a replacement or a variable has spoilt is for other rules to tell of.
  if (tag === undefined && /^(replacement|substitution)$/.test(lastSetter(image.place)?.by ?? '')) return;
  const said = tag === undefined ? 'which has no tag and so means `latest`' : `whose tag \`${tag}\` moves`;
  report({
    message: `${describeObject(object)} runs image \`${image.value}\`, ${said}: a new release changes nothing in the manifests, and code and schema may part.`,
    at: image.place.at,
    related: historyOf(image.place, 'image'),
    object: referTo(object),
    field: image.path,
    hint: 'Name the version, or a digest.',
  });
}
