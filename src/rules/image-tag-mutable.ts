import { groupBy } from '../group-by.ts';
import { joinWords } from '../join-words.ts';
import type { Report, Rule } from '../lint/rule.ts';
import { isTaggedElsewhere } from '../model/appliers/scripted-value.ts';
import { dependentsOf } from '../model/dependents.ts';
import { sameSourceContainers } from '../model/migrations/image-source.ts';
import { type Migration, migratingContainer } from '../model/migrations/migration.ts';
import type { RootModel } from '../model/root-model.ts';
import { isMeantToBeTagged } from '../model/unmatched/unmatched-image.ts';
import { isPlaceholderImage, isUtilityImage, parseImage } from '../objects/image.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf, joinRelated, lastSetter } from '../objects/place.ts';
import { isSymbolic } from '../objects/symbolic.ts';
import { isMovingTag } from '../objects/version.ts';
import type { Field } from '../objects/view.ts';
import type { Container, Workload } from '../objects/workload.ts';
import { sameSpan } from '../source/span.ts';

/** An image of a release whose tag does not pin its version. */
export const imageTagMutable: Rule = {
  id: 'image-tag-mutable',
  severity: 'warning',
  category: 'service',
  docs: {
    summary: 'An image of the release has a tag that moves, or no tag',
    symptom:
      'A new image is pushed and nothing happens: no new Job, no new pods. Or a pod that moves to another node comes up with newer code than its neighbours, on a schema that nobody has migrated.',
    why: 'With `latest`, `main` or no tag at all the manifests stay the same from release to release. Nothing is applied, and the migration Job, which has already run, does not run again. And what a node pulls under the tag may not be what was tested with this migration. With `imagePullPolicy: IfNotPresent` a node that has an image of the tag does not even look for a newer one, and may run an old migration for a new service. The rule looks at the image of the migration Job and at the service images that are built with it. A digest pins the image whatever its tag.\n\nNot reported:\n\n- images that are never pulled (`imagePullPolicy: Never`)\n- images without a registry that a script, or an example in a document, loads into a cluster (`kind load docker-image`)\n- placeholders (`REGISTRY/app`, `ghcr.io/your-org/app`)\n- when a script of the repository writes the tag before it applies the tree (`kustomize edit set image`, `sed`, `yq`, a here-document, Tilt, Skaffold), or sets it in the cluster (`kubectl set image`)\n- when Argo CD sets the image (`kustomize.images` of the Application, or its Image Updater)',
    fix: 'Tag each release once, and write the tag into the tree (`images:` with `newTag`, or a replacement).',
    links: ['https://kubernetes.io/docs/concepts/containers/images/#image-names'],
    since: '0.1.0',
  },
  check(model, report) {
    const seen = new Set<Container>();
    const moving = model.migrations.flatMap((migration) =>
      imagesOf(model, migration).flatMap((image) => {
        const { workload, container, effect } = image;
        if (seen.has(container)) return [];
        seen.add(container);
        if (isTaggedElsewhere(model, workload, container.image) || isMeantToBeTagged(model, container.image)) return [];
        const fault = judgeTag(container);
        return fault === undefined ? [] : [{ workload, container, image: container.image, fault, effect }];
      }),
    );
    for (const images of groupByImage(moving)) reportImages(images, report);
  },
};

/** A container whose image belongs to a release. */
interface ReleasedImage {
  readonly workload: Workload;
  readonly container: Container;
  /** What happens if the tag moves, in a clause. */
  readonly effect: string;
}

/** The image of a migration, and those of its services that are built with it. */
function imagesOf({ releases }: RootModel, migration: Migration): ReleasedImage[] {
  const own = migratingContainer(migration);
  const ofServices = dependentsOf(releases, migration).flatMap((service) =>
    sameSourceContainers(service, migration).map((container) => ({
      workload: service.workload,
      container,
      effect: ofRelease,
    })),
  );
  if (own === undefined) return ofServices;
  // A tool that reads its migrations from a ConfigMap: no service is built with its image, and no release changes it.
  const isTool = own.mountsConfig && ofServices.length === 0;
  return [{ workload: migration.job, container: own, effect: isTool ? ofTool : ofRelease }, ...ofServices];
}

/** An image whose tag moves, and the workload that runs it. */
interface MovingImage {
  readonly workload: Workload;
  readonly container: Container;
  readonly image: Field<string>;
  /** What is wrong with its tag, in a clause. */
  readonly fault: string;
  /** The consequence, in a clause. */
  readonly effect: string;
}

const ofRelease = 'a new release changes nothing in the manifests, and code and schema may drift apart';
const ofTool = 'each run may get another version of it';

/** What is wrong with a container's tag. Undefined if the image is pinned, or if another rule reports it. */
function judgeTag({ image, isNeverPulled }: Container): string | undefined {
  if (isNeverPulled) return undefined;
  const { repository, tag, digest } = parseImage(image.value ?? '');
  if (image.value === undefined || isUtilityImage(repository) || digest !== undefined) return undefined;
  if (isSymbolic(image.value) || isPlaceholderImage(image.value)) return undefined;
  if (tag !== undefined) return isMovingTag(tag) ? `whose tag \`${tag}\` moves` : undefined;
  // Other rules report a replacement or variable that broke the tag.
  const isBroken = /^(replacement|substitution)$/.test(lastSetter(image.place)?.by ?? '');
  return isBroken ? undefined : 'which has no tag and so means `latest`';
}

/** Puts the same images together, in however many places their tag is set. */
function groupByImage(images: readonly MovingImage[]): (readonly MovingImage[])[] {
  return [...groupBy(images, ({ image: { value }, effect }) => [`${value}:${effect}`]).values()];
}

function reportImages(images: readonly MovingImage[], report: Report): void {
  const [first] = images;
  if (first === undefined) return;
  const { image, fault, effect } = first;
  const workloads = [...new Set(images.map(({ workload: { object } }) => object))];
  const named = workloads.slice(0, workloads.length > 3 ? 2 : 3).map(describeObject);
  if (workloads.length > 3) named.push(`${workloads.length - 2} more workloads`);
  const elsewhere = images.filter((each) => !sameSpan(each.image.place.at, image.place.at));
  const isKept = images.some(({ container }) => container.isPulledOnce);
  const kept = isKept ? `. With \`imagePullPolicy: IfNotPresent\` a node keeps the image that it has of this tag` : '';
  report({
    message: `${joinWords(named)} ${workloads.length > 1 ? 'run' : 'runs'} image \`${image.value}\`, ${fault}: ${effect}${kept}.`,
    at: image.place.at,
    related: joinRelated(
      ...images.map((each) => historyOf(each.image.place, 'image')),
      elsewhere.map((each) => ({
        at: each.image.place.at,
        note: `${describeObject(each.workload.object)} has it from here`,
      })),
    ),
    object: referTo(first.workload.object),
    field: image.path,
    hint: 'Pin a version or a digest.',
  });
}
