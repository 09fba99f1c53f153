import type { ArtifactPush } from '../delivery/delivery.ts';
import type { Rule } from '../lint/rule.ts';
import type { RootModel } from '../model/root-model.ts';

/** An artifact without the manifests of the release. */
export const ciArtifactPath: Rule = {
  id: 'ci-artifact-path',
  severity: 'error',
  category: 'delivery',
  docs: {
    summary: 'The pipeline pushes a folder to Flux that is not the linted tree, or only a part of it',
    symptom:
      'The pipeline stops at `flux push artifact`; or Flux goes on applying an old release, or reports `BuildFailed` because a base that the overlay names is not in the artifact.',
    why: '`flux push artifact --path` packs one folder, and Flux sees nothing beside it: a base in `../base` is missing where only the overlay was packed. The rule compares the folders that pipelines push with the files that the release is built from. It speaks of a folder that is not there, of one that holds the kustomization and not all of its files, and, where no push holds it, of those that hold no manifests at all. Paths are followed through `cd` and `working-directory`; jobs that get or make files of their own are left alone.',
    fix: 'Push the folder that holds bases and overlays, and let `spec.path` of the Flux Kustomization choose the overlay:\n\n```sh\nflux push artifact oci://registry.example.com/manifests:v1 --path=./k8s\n```',
    links: ['https://fluxcd.io/flux/cmd/flux_push_artifact/'],
    since: '0.1.0',
  },
  check(model, report) {
    const { delivery } = model;
    if (delivery === undefined) return;
    const covered = delivery.pushes.some((push) => holds(push, model.root.path));
    for (const push of delivery.pushes) {
      const told = judge(push, model, covered);
      if (told === undefined) continue;
      report({
        message: `Job \`${push.job.name}\` pushes \`${push.path}\` to Flux, ${told}`,
        at: push.at,
        related: [],
        hint: 'Push the folder that holds the whole tree; the path counts from the top of the repository.',
      });
    }
  },
};

function judge(push: ArtifactPush, { root, listed }: RootModel, covered: boolean): string | undefined {
  if (!push.exists) return 'which is not in the repository: the push fails and nothing is released.';
  if (!holds(push, root.path)) {
    // Manifests of something else are pushed for their own sake.
    return covered || push.holdsManifests || holds({ folder: root.path }, push.folder)
      ? undefined
      : 'and no push holds the tree that has the migration: Flux never sees this release.';
  }
  const outside = listed.find(({ name }) => !holds(push, name.place.at.file.path));
  if (outside === undefined) return undefined;
  return `but ${outside.kind} \`${outside.name.value ?? ''}\` is built from a file outside of it: Flux cannot build the tree.`;
}

function holds({ folder }: Pick<ArtifactPush, 'folder'>, path: string): boolean {
  return path === folder || path.startsWith(`${folder.replace(/\/$/, '')}/`);
}
