import { posix } from 'node:path';
import type { Resource } from '../../kustomize/resources/resource.ts';
import { getText } from '../../source/node.ts';
import { isReadFailure, type SourceCache } from '../../source/source-cache.ts';

/** How the URL of a source compares with a repository. */
export type UrlMatch =
  /** Its name is that of the repository's folder or of a remote, on the main branch. */
  | 'ours'
  /** Only the owner differs from that of every remote. */
  | 'namesake'
  | 'another repository';

/**
 * Compares the URL of a GitRepository with a repository; undefined if they cannot be compared.
 * @param top absolute path of the repository
 */
export function compareUrl(source: Resource | undefined, top: string, sources: SourceCache): UrlMatch | undefined {
  const url = source && getText(source.node, ['spec', 'url']);
  if (source === undefined || url === undefined || source.kind !== 'GitRepository') return undefined;
  const config = sources.read(posix.join(top, '.git', 'config'));
  const remotes = isReadFailure(config)
    ? []
    : [...config.text.matchAll(/^[ \t]*url[ \t]*=[ \t]*(\S+)/gm)].map(([, remote = '']) => remote);
  const ours = [posix.basename(top), ...remotes.map(repositoryName)];
  if (!ours.includes(repositoryName(url))) return remotes.length > 0 ? 'another repository' : undefined;
  const branch = getText(source.node, ['spec', 'ref', 'branch']);
  if (branch !== undefined && branch !== 'main' && branch !== 'master') return undefined;
  const owners = remotes.map(ownerName);
  return owners.length === 0 || owners.includes(ownerName(url)) ? 'ours' : 'namesake';
}

/** The part before the repository's name: an account, or the group and subgroup that it is in. */
function ownerName(url: string): string {
  return (/(?<![^/:])([^/:]+)\/[^/:]+\/*$/.exec(url)?.[1] ?? '').toLowerCase();
}

function repositoryName(url: string): string {
  return (/(?<![^/:])([^/:]+?)(?:\.git)?\/*$/.exec(url)?.[1] ?? url).toLowerCase();
}
