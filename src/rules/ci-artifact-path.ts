import type { ArtifactPush } from '../delivery/pipelines/artifact-pushes.ts';
import type { Rule } from '../lint/rule.ts';
import type { RootModel } from '../model/root-model.ts';
import { isWithin } from '../source/files/path.ts';

/** A pipeline that pushes an artifact without all manifests of the release. */
export const ciArtifactPath: Rule = {
  id: 'ci-artifact-path',
  severity: 'error',
  category: 'delivery',
  docs: {
    summary: 'The folder that the pipeline pushes to Flux does not hold the whole tree',
    symptom:
      '`flux push artifact` fails in the pipeline. Or Flux keeps applying an old release, or reports `BuildFailed` because a base that the overlay needs is not in the artifact.',
    why: '`flux push artifact --path` packs one folder, and Flux sees nothing outside it: a base in `../base` is missing if only the overlay was packed. The rule compares the folders that pipelines push with the files that the release is built from, and follows `cd` and `working-directory`. It reports a folder that does not exist, a folder that holds the kustomization but not all of its files and, if no push holds the release, a folder without any manifests.\n\nNot reported:\n\n- folders of jobs that fetch or generate files',
    fix: 'Push the folder that holds bases and overlays, and let `spec.path` of the Flux Kustomization choose the overlay:\n\n```sh\nflux push artifact oci://registry.example.com/manifests:v1 --path=./k8s\n```',
    links: ['https://fluxcd.io/flux/cmd/flux_push_artifact/'],
    since: '0.1.0',
  },
  check(model, report) {
    const { delivery } = model;
    if (delivery === undefined) return;
    const covered = delivery.pushes.some((push) => isWithin(model.root.path, push.folder));
    for (const push of delivery.pushes) {
      const fault = findFault(push, model, covered);
      if (fault === undefined) continue;
      report({
        message: `Job \`${push.job.name}\` pushes \`${push.path}\` to Flux, ${fault}`,
        at: push.at,
        related: [],
        hint: 'Push the folder that holds the whole tree. The path is relative to the top of the repository.',
      });
    }
  },
};

/** Ends the sentence about the push. `covered`: another push holds the root. */
function findFault(push: ArtifactPush, { root, listed }: RootModel, covered: boolean): string | undefined {
  if (!push.exists) return 'which is not in the repository: the push fails and nothing is released.';
  if (!isWithin(root.path, push.folder)) {
    // A push of other manifests has a purpose of its own.
    const isMeant = push.holdsManifests || isWithin(push.folder, root.path);
    return covered || isMeant
      ? undefined
      : 'and no push holds the tree that has the migration: Flux never sees this release.';
  }
  const outside = listed.find(({ name }) => !isWithin(name.place.at.file.path, push.folder));
  if (outside === undefined) return undefined;
  return `but ${outside.kind} \`${outside.name.value ?? ''}\` is built from a file outside it: Flux cannot build the tree.`;
}
