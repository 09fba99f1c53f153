import { posix } from 'node:path';
import type { Resource } from '../../kustomize/resources/resource.ts';
import { View } from '../../objects/view.ts';

/**
 * The folder that an ExternalArtifact of this name is a copy of, relative to its repository, as an ArtifactGenerator
 * describes it (`copy: [{from: "@repo/apps/**", to: "@artifact/"}]`). Undefined if no generator creates it, or if its
 * files are arranged differently in the repository.
 */
export function findArtifactFolder(name: string, generators: readonly Resource[]): string | undefined {
  for (const generator of generators) {
    if (generator.kind !== 'ArtifactGenerator') continue;
    const artifacts = View.ofResource(generator).get('spec', 'artifacts').items();
    const artifact = artifacts.find((each) => each.get('name').text().value === name);
    if (artifact === undefined) continue;
    const folders = artifact
      .get('copy')
      .items()
      .map((copy) => originalFolder(copy.get('from').text().value ?? '', copy.get('to').text().value ?? ''));
    const [first] = folders;
    return folders.every((folder) => folder === first) ? first : undefined;
  }
  return undefined;
}

/** The artifact's root in the repository, by one copy: for `@repo/apps/base/**` to `@artifact/base/` it is `apps`. */
function originalFolder(from: string, to: string): string | undefined {
  const source = /^@[^/]+\/(.*?)\/?\*{0,2}$/.exec(from)?.[1];
  const target = /^@artifact\/?(.*?)\/?$/.exec(to)?.[1];
  if (source === undefined || target === undefined || /[*?[]/.test(source)) return undefined;
  if (target === '') return posix.normalize(`${source}/.`);
  if (source === target) return '.';
  return source.endsWith(`/${target}`) ? source.slice(0, -target.length - 1) : undefined;
}
