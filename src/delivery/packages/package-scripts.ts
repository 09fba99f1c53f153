import { posix } from 'node:path';
import { once } from '../../collections/once.ts';
import { imageName } from '../../objects/image.ts';
import type { FindScript, PackageScript, ScriptCall } from '../../objects/package-script.ts';
import { nameStem } from '../../objects/version.ts';
import type { Sources } from '../../source/files/note-reads.ts';
import { perRepository } from '../per-repository.ts';
import { type PackageFile, readPackageFile } from './package-file.ts';

/** How many folders of a repository are searched for a package.json. */
const mostFolders = 1000;

/** Finds scripts for the trees of each repository. Reads nothing outside the repository. */
export function scriptFinder(sources: Sources): (folder: string) => FindScript {
  const ofRepository = perRepository(sources, (top) => ({
    top,
    node: once(() => readPackageFiles(top, 'package.json', sources)),
    composer: once(() => readPackageFiles(top, 'composer.json', sources)),
  }));
  return (folder) => (call, image) => {
    const packages = ofRepository(folder);
    if (packages === undefined) return undefined;
    const files = call.manager === 'composer' ? packages.composer() : packages.node();
    return choose(files, call, image, folder, packages.top);
  };
}

/**
 * Chooses the script from the package that the call names; else from the nearest package above the tree below the
 * repository's own; else from one named like the image; else from the repository's own package, or the only one that has
 * the script.
 * If several packages are equally likely, their scripts have to agree.
 */
function choose(
  files: readonly PackageFile[],
  call: ScriptCall,
  image: string,
  folder: string,
  top: string,
): PackageScript | undefined {
  const above = files.filter((file) => `${folder}/`.startsWith(`${file.folder}/`));
  const nearest = above.sort((a, b) => b.folder.length - a.folder.length).filter((file) => file.folder !== top);
  const ofImage = files.filter((file) => isNamedAs(file, image));
  const ofAll = files.filter((file) => file.folder === top || files.length === 1);
  const having = files.filter((file) => file.scripts.has(call.name));
  const { workspace } = call;
  const ways =
    workspace === undefined
      ? [...nearest.map((file) => [file]), ofImage, ofAll, having.length === 1 ? having : []]
      : [files.filter((file) => isCalled(file, workspace))];
  for (const candidates of ways) {
    const [first, ...others] = candidates.flatMap((file) => file.scripts.get(call.name) ?? []);
    if (first === undefined) continue;
    return others.every(({ text }) => text === first.text) ? { ...first, call: writeCall(call) } : undefined;
  }
  return undefined;
}

function isNamedAs({ folder, name }: PackageFile, image: string): boolean {
  const stem = nameStem(imageName(image));
  const names = [posix.basename(folder), name?.split('/').at(-1) ?? ''];
  return stem !== '' && names.some((each) => nameStem(each) === stem);
}

function isCalled({ folder, name }: PackageFile, workspace: string): boolean {
  const bare = workspace.replace(/^(\.\/)+|\/$|\.\.\.$/g, '');
  return name === bare || name?.split('/').at(-1) === bare || folder.endsWith(`/${bare}`);
}

function writeCall({ manager, name }: ScriptCall): string {
  const isShort = manager === 'npm' ? /^(start|stop|test|restart)$/.test(name) : manager !== 'bun';
  return `${manager} ${isShort ? '' : 'run '}${name}`;
}

/** Folders whose packages are not deployed. */
const skipped = /^\.|^(node_modules|vendor|dist|build|tests?|fixtures|examples?)$/;

/** Reads the package files at the top of the repository and up to three folders below. */
function readPackageFiles(top: string, name: string, sources: Sources): PackageFile[] {
  const { fileSystem } = sources;
  const folders = [top];
  const depthOf = (folder: string): number => folder.split('/').length - top.split('/').length;
  for (let index = 0; index < folders.length && folders.length < mostFolders; index++) {
    const folder = folders[index] ?? top;
    if (depthOf(folder) >= 3) continue;
    const below = fileSystem.listDirectory(folder).filter((each) => !skipped.test(each));
    folders.push(...below.map((each) => posix.join(folder, each)).filter((path) => isFolder(path, sources)));
  }
  return folders.flatMap((folder) => readPackageFile(posix.join(folder, name), sources) ?? []);
}

function isFolder(path: string, { fileSystem }: Sources): boolean {
  return fileSystem.stat(path)?.kind === 'directory' && fileSystem.realPath(path) === path;
}
