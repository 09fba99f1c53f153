import { posix } from 'node:path';
import { oncePer } from '../../collections/once.ts';
import type { DeployDocument } from '../../delivery/scripts/deploy-document.ts';
import { foldersUpwards, isWithin } from '../../source/files/path.ts';
import type { RootModel } from '../root-model.ts';

/**
 * Whether a document is about a root: it is beside one of its files; it names one of them, a folder around them, or an
 * overlay beside the root; or it is a README of a folder around the root and leaves open what it applies. The others are
 * about something else.
 */
export function isAboutTree({ path, isReadme, named, leavesOpen }: DeployDocument, model: RootModel): boolean {
  const folder = documentedFolder(path);
  const { folders, ends, besides } = placesOf(model);
  return (
    folders.has(folder) ||
    (isReadme && leavesOpen && isWithin(model.root.path, folder)) ||
    named.some((name) => besides.has(posix.dirname(name)) || endsIn(name).some((end) => ends.has(end)))
  );
}

/** The folder that a document stands for: its own, or the one above the `docs` that it is in. */
function documentedFolder(path: string): string {
  const folders = posix.dirname(path).split('/');
  const end = folders.findIndex((name) => /^(docs?|documentation)$/.test(name));
  return (end < 0 ? folders : folders.slice(0, end)).join('/');
}

/**
 * The folders of a root's files; the ends of the paths of all files and of the folders around them; and those of the folder
 * that holds the root.
 */
const placesOf = oncePer(({ root, delivery }: RootModel) => {
  const top = delivery?.top ?? '/';
  const paths = [root.path, ...root.files.map(({ path }) => path)].filter((path) => isWithin(path, top));
  const folders = new Set([root.path, ...root.files.map(({ path }) => posix.dirname(path))]);
  const places = new Set<string>();
  for (const path of paths) {
    for (const place of foldersUpwards(posix.relative(top, path))) {
      if (place === '.' || places.has(place)) break;
      places.add(place);
    }
  }
  const holder = posix.dirname(posix.relative(top, root.path));
  return {
    folders,
    ends: new Set([...places].flatMap(endsOf)),
    besides: new Set(holder === '.' ? [] : endsOf(holder)),
  };
});

/** The ends of a path: `k8s/base` and `base` for `k8s/base`. */
function endsOf(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, start) => parts.slice(start).join('/'));
}

/** The ends of a name by which a place is known; it may start above the repository, so that two parts are enough. */
function endsIn(name: string): string[] {
  const ends = endsOf(name);
  return ends.length === 1 ? ends : ends.slice(0, -1);
}
