import type { Report, Rule } from '../lint/rule.ts';
import { findForeignServices } from '../model/appliers/foreign-service.ts';
import { sameSourceContainers } from '../model/images/image-source.ts';
import { findVersionDifference, haveDifferentVersions } from '../model/images/version-difference.ts';
import { type Migration, migratingContainer } from '../model/migrations/migration.ts';
import type { Service } from '../model/releases/release.ts';
import type { RootModel } from '../model/root-model.ts';
import { isMeantToBeTagged } from '../model/unmatched/unmatched-image.ts';
import { parseImage } from '../objects/image.ts';
import { findImagePolicy } from '../objects/image-policy.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf, joinRelated } from '../objects/place.ts';

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
    for (const service of model.releases.flatMap(({ services }) => services)) {
      for (const { migration } of service.dependsOn) {
        reportVersions(model, service, migration, report);
        reportPolicy(service, migration, report);
      }
    }
    for (const { service } of findForeignServices(model)) {
      // Clusters may run different versions: one Kustomization with the service's version is enough.
      const [first, ...others] = service.dependsOn.map(({ migration }) => migration);
      if (first === undefined || others.some((migration) => findVersionDifference(service, migration) === undefined))
        continue;
      reportVersions(model, service, first, report);
    }
  },
};

function reportVersions(model: RootModel, service: Service, migration: Migration, report: Report): void {
  const difference = findVersionDifference(service, migration);
  if (difference === undefined) return;
  const { job: own, service: other } = difference;
  if ([own, other].some((image) => isMeantToBeTagged(model, image))) return;
  report({
    message: `${describeObject(migration.job.object)} runs \`${own.value ?? ''}\` but ${describeObject(service.workload.object)} runs \`${other.value ?? ''}\`: the service runs on the schema of another version.`,
    at: own.place.at,
    related: joinRelated(
      historyOf(own.place, 'image'),
      [{ at: other.place.at, note: `image of ${describeObject(service.workload.object)}` }],
      historyOf(other.place, 'image', own.place.at),
    ),
    object: referTo(migration.job.object),
    field: own.path,
    hint: `Give both images the same ${parseImage(own.value ?? '').tag === undefined ? 'digest' : 'tag'}, written from one value.`,
    reasons: migration.reasons,
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
