// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the docs speak of variables as users write them.

import { groupBy } from '../collections/group-by.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { type ImageBuild, isMigrationBuild } from '../delivery/images/image-builds.ts';
import { isRepository, releaseContainers } from '../delivery/images/release-images.ts';
import { describeExpanded } from '../delivery/pipelines/variables.ts';
import type { Report, Rule } from '../lint/rule.ts';
import type { RootModel } from '../model/root-model.ts';
import { imageOf } from '../objects/image.ts';
import { isWithinSpan } from '../source/span.ts';

/** An image of the release that is built but not pushed, while another one is pushed. */
export const ciImagePush: Rule = {
  id: 'ci-image-push',
  severity: 'error',
  category: 'delivery',
  docs: {
    summary: 'The pipeline pushes one image of the release and only builds the other',
    symptom:
      'The pipeline is green, but the migration Job stays in `ImagePullBackOff`: its image was built, and then lost with the runner.',
    why: '`docker build` keeps the image on the machine that built it, and so do `docker/build-push-action` unless `push` is `true`, and `Docker@2` of Azure with `command: build`. The rule looks at the images that the release runs and the pipelines build. It reports an image that nothing pushes while another is pushed: neither the build itself, nor a `docker push`, `podman push` or copy of that name in any job.\n\nNot reported:\n\n- when a script or another action or task may push the image\n- when only a running step knows `push` or the name of the image\n- images that are never pulled (`imagePullPolicy: Never`)',
    fix: 'Push both:\n\n```yaml\n- uses: docker/build-push-action@v6\n  with:\n    file: Dockerfile.migration\n    tags: ghcr.io/acme/shop-migration:${{ github.sha }}\n    push: true\n```',
    links: ['https://github.com/docker/build-push-action#inputs'],
    since: '0.1.0',
  },
  check(model, report) {
    const { delivery } = model;
    if (delivery === undefined || delivery.buildsUnseen()) return;
    const released = releasedBuilds(model, delivery);
    const isPushed = (build: ImageBuild): boolean => delivery.pushedBuilds().has(build);
    const pushed = [...released, ...delivery.builds].find(isPushed);
    if (pushed === undefined) return;
    const byImage = groupBy(released, ({ repository }) => [repository]);
    const kept = [...byImage.values()].filter((builds) => !builds.some(isPushed));
    for (const build of kept.flatMap((builds) => builds.slice(0, 1))) reportKept(build, pushed, report);
  },
};

/**
 * The builds of the images that the release pulls. If none of them is the migration's, also those named for a migration,
 * since the tree may have another name for it.
 */
function releasedBuilds(model: RootModel, { builds }: Delivery): ImageBuild[] {
  const pulled = releaseContainers(model).filter(([, { isNeverPulled }]) => !isNeverPulled);
  const repositories = pulled.map(([, container]) => imageOf(container).repository);
  const released = builds.filter((build) => repositories.some((each) => isRepository(build.repository, each)));
  const pullsMigration = pulled.some(([workload]) => model.migrations.some(({ job }) => job === workload));
  if (!pullsMigration || released.some(isMigrationBuild)) return released;
  return [...released, ...builds.filter(isMigrationBuild)];
}

function reportKept(build: ImageBuild, pushed: ImageBuild, report: Report): void {
  report({
    message: `Job \`${build.job.name}\` builds \`${describeExpanded(build.repository)}\` but nothing pushes it, while \`${describeExpanded(pushed.repository)}\` is pushed: pods that run it stay in \`ImagePullBackOff\`.`,
    at: build.at,
    related: [{ at: pushed.at, note: 'this image is pushed' }],
    hint: isAction(build) ? 'Set `push: true` in this step.' : 'Push it as well, with the tag it is built with.',
  });
}

/** Whether the tag is an input of an action. */
function isAction({ job, at }: ImageBuild): boolean {
  return job.actions.some(({ inputs }) => [...inputs.values()].some((input) => isWithinSpan(at, input.at)));
}
