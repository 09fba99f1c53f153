import { findSharedStages } from '../delivery/dockerfiles/shared-stage.ts';
import type { ImageBuild } from '../delivery/images/image-builds.ts';
import { describeExpanded, isUnknown } from '../delivery/pipelines/variables.ts';
import type { Rule } from '../lint/rule.ts';

/** A service's image that the pipeline builds from the stage of the migration. */
export const dockerfileTarget: Rule = {
  id: 'dockerfile-target',
  severity: 'error',
  category: 'delivery',
  docs: {
    summary: "The service's image is built from the migration's stage of the Dockerfile",
    symptom:
      'The new pods of the service run the migration and exit, and then stay in `CrashLoopBackOff`; or they do not find the files of the service.',
    why: 'A build without a target makes the image of the last stage. A stage for the migration is often added at the end of the Dockerfile, and built with `--target`. The image of the service, which was built without a target before, is then built from that stage, too. Nothing fails until the pods start.\n\nThe rule reports an image that a pipeline builds without a target, if the last stage of its Dockerfile is one that a pipeline also builds for a migration, by the name of the stage, the image or the Dockerfile.',
    fix: 'Name the stage of the service in its build, too, or put it last:\n\n```sh\ndocker build --target service -t registry.example.com/shop:v1 .\ndocker build --target migration -t registry.example.com/shop-migration:v1 .\n```',
    links: ['https://docs.docker.com/build/building/multi-stage/#stop-at-a-specific-build-stage'],
    since: '0.1.0',
  },
  check({ delivery, migrations }, report) {
    if (delivery === undefined || migrations.length === 0) return;
    for (const { build, migration, stage } of findSharedStages(delivery)) {
      const name = stage.name ?? '';
      report({
        message: `Job \`${build.job.name}\` builds \`${imageOf(build)}\` without a target, so it becomes the last stage, \`${name}\`, which is built for the migration as \`${imageOf(migration)}\`: the pods of the service run the migration's image.`,
        at: build.at,
        related: [
          { at: stage.from.at, note: `stage \`${name}\` is the last one` },
          { at: migration.at, note: `built here with target \`${name}\`` },
        ],
        hint: `Give this build the stage of the service as its target, or put that stage after \`${name}\`.`,
      });
    }
  },
};

/** The image without its tag; as written if only a running step knows its name. */
function imageOf({ image, repository }: ImageBuild): string {
  return isUnknown(repository) ? image : describeExpanded(repository);
}
