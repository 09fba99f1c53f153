import type { Report, Rule } from '../lint/rule.ts';
import { findForeignServices } from '../model/flux/foreign-service.ts';
import { sameSourceContainers } from '../model/images/image-source.ts';
import { findVersionDifference, haveDifferentVersions } from '../model/images/version-difference.ts';
import { type Migration, migratingContainer } from '../model/migrations/migration.ts';
import type { Service } from '../model/releases/release.ts';
import type { RootModel } from '../model/root-model.ts';
import { isMeantToBeTagged } from '../model/unmatched/unmatched-image.ts';
import { parseImage } from '../objects/image.ts';
import { findImagePolicy } from '../objects/image-policy.ts';
import { describeObject, type KubernetesObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf, joinRelated } from '../objects/place.ts';
import { isPlaceholderVersion } from '../objects/version.ts';
import type { Field } from '../objects/view.ts';
import { spanKey } from '../source/span.ts';

/** A service and a migration of different versions. */
export const imageVersionMatch: Rule = {
  id: 'image-version-match',
  severity: 'error',
  category: 'service',
  docs: {
    summary: 'The service and its migration run images of different versions',
    symptom:
      'The Job succeeds, and the service fails on missing tables or columns: the migration was that of another release. Or the other way round: the old service runs on a schema that is ahead of it.',
    why: 'The migration image holds the migrations of one commit, the service image the code that expects them. They drift apart if the tag of one is written by hand, by another replacement, or by an overlay that names only one of the two.\n\nThe rule compares images that are built from one source: from the same repository, or with names that differ only in words such as `migration`. Failing that, it compares with a service image in the same folder whose version the name of the Job carries. Tags that say more than the version (`v1.4.0-migration`, `api-v1.4.0`) are compared without the rest. The rule also reports when only one of the two tags has a marker of Flux\'s image automation (`# {"$imagepolicy": …}`).\n\nNot reported:\n\n- digests of different repositories, which cannot be compared\n- digests that are still placeholders (`sha256:000…`)',
    fix: 'Write both tags from one value:\n\n```yaml\nimages:\n  - name: registry.example.com/myapp\n    newTag: v1.4.0\n  - name: registry.example.com/myapp-migration\n    newTag: v1.4.0\n```',
    links: ['https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/'],
    since: '0.1.0',
  },
  check(model, report) {
    const left = new Set<string>();
    for (const service of model.releases.flatMap(({ services }) => services)) {
      for (const { migration } of service.dependsOn) {
        reportVersions(model, service, migration, left, report);
        reportPolicy(service, migration, report);
      }
    }
    for (const { service } of findForeignServices(model)) {
      // Clusters may run different versions: one Kustomization with the service's version is enough.
      const [first, ...others] = service.dependsOn.map(({ migration }) => migration);
      if (first === undefined || others.some((migration) => findVersionDifference(service, migration) === undefined))
        continue;
      reportVersions(model, service, first, left, report);
    }
  },
};

/** @param left where placeholders were reported: several services may have the same migration */
function reportVersions(
  model: RootModel,
  service: Service,
  migration: Migration,
  left: Set<string>,
  report: Report,
): void {
  const difference = findVersionDifference(service, migration);
  if (difference === undefined) return;
  const { job: own, service: other } = difference;
  if ([own, other].some((image) => isMeantToBeTagged(model, image))) return;
  const [job, workload] = [migration.job.object, service.workload.object];
  if (isLeft(own) || isLeft(other)) {
    if (isLeft(own)) reportLeft(job, own, other, workload, left, report);
    else reportLeft(workload, other, own, job, left, report);
    return;
  }
  report({
    message: `${describeObject(job)} runs \`${own.value ?? ''}\` but ${describeObject(workload)} runs \`${other.value ?? ''}\`: the service runs on the schema of another version.`,
    at: own.place.at,
    related: joinRelated(
      historyOf(own.place, 'image'),
      [{ at: other.place.at, note: `image of ${describeObject(workload)}` }],
      historyOf(other.place, 'image', own.place.at),
    ),
    object: referTo(job),
    field: own.path,
    hint: `Give both images the same ${parseImage(own.value ?? '').tag === undefined ? 'digest' : 'tag'}, written from one value.`,
    reasons: migration.reasons,
  });
}

/** Whether an image has a placeholder as its tag, which nothing filled: `TAG`, `$(TAG)`. */
function isLeft({ value = '' }: Field<string>): boolean {
  const { tag = '' } = parseImage(value);
  return value.includes('$(') || (/^[A-Z]/.test(tag) && isPlaceholderVersion(tag));
}

/** Reports the image that still has a placeholder, while the build filled the tag of the other one. */
function reportLeft(
  holder: KubernetesObject,
  image: Field<string>,
  filled: Field<string>,
  filledIn: KubernetesObject,
  left: Set<string>,
  report: Report,
): void {
  const { at } = image.place;
  if (left.has(spanKey(at))) return;
  left.add(spanKey(at));
  const { value = '' } = image;
  report({
    message: `${describeObject(holder)} still has a placeholder in its image \`${value}\` after the build, while ${describeObject(filledIn)} runs \`${filled.value ?? ''}\`: its pods stay in \`${value.includes('$') ? 'InvalidImageName' : 'ImagePullBackOff'}\`.`,
    at,
    related: joinRelated(
      historyOf(image.place, 'image'),
      [{ at: filled.place.at, note: `image of ${describeObject(filledIn)}` }],
      historyOf(filled.place, 'image', at),
    ),
    object: referTo(holder),
    field: image.path,
    hint: 'Let what fills the tag of the other image fill this one as well.',
  });
}

/** Images of the same version, only one of which is written by Flux's image automation. */
function reportPolicy(service: Service, migration: Migration, report: Report): void {
  const image = migratingContainer(migration)?.image;
  const other = sameSourceContainers(service, migration)[0]?.image;
  if (image === undefined || other === undefined || haveDifferentVersions(image.value ?? '', other.value ?? '')) return;
  const [ofJob, ofService] = [findImagePolicy(image.place), findImagePolicy(other.place)];
  const marker = ofJob ?? ofService;
  if (marker === undefined || (ofJob && ofService)) return;
  const [job, workload] = [describeObject(migration.job.object), describeObject(service.workload.object)];
  const [written, writer, left, of] = ofJob ? [image, job, other, workload] : [other, workload, image, job];
  report({
    message: `Flux's image automation (policy \`${marker.policy}\`) writes the tag of \`${written.value ?? ''}\` for ${writer}, but not that of \`${left.value ?? ''}\` for ${of}: with the next image the service runs on the schema of another version.`,
    at: left.place.at,
    related: joinRelated([{ at: marker.at, note: 'written by this marker' }], historyOf(left.place, 'image')),
    object: referTo(migration.job.object),
    field: left.path,
    hint: 'Put a marker (`# {"$imagepolicy": …}`) after its tag as well, or write both tags from one value.',
    reasons: migration.reasons,
  });
}
