import { posix } from 'node:path';
import { getField, type MapNode } from '../../../source/node.ts';
import type { SourceFile } from '../../../source/source-file.ts';
import type { Repository } from '../../repository.ts';
import { triggerChanges } from '../change-filter.ts';
import type { CiJob } from '../ci-job.ts';
import { azureFolders } from './folders.ts';
import { readJobs } from './jobs.ts';
import { pushStarts } from './runs-on-push.ts';
import { readTemplate, scopeOf, templatePath } from './templates.ts';

/** How deep these are searched, and how many files are read. */
const limits = { depth: 4, files: 200 };

/** The jobs of the pipelines of Azure DevOps, with the templates of the repository that they include. */
export function readAzureJobs(repository: Repository): CiJob[] {
  const roots = findPaths(repository).flatMap((path) => repository.readPipeline(path) ?? []);
  const templates = new Set(
    roots.flatMap(({ file }) =>
      [...file.text.matchAll(/\btemplate:[ \t]*["']?([^\s"'#]+)/g)].map(([, path = '']) =>
        templatePath(path, file.path, repository),
      ),
    ),
  );
  return roots
    .filter(({ file }) => !templates.has(file.path))
    .flatMap(({ file, node }) => readPipeline(file, node, repository));
}

/** The jobs of a file, or of the template that it extends; none if it is no pipeline. */
function readPipeline(file: SourceFile, node: MapNode, repository: Repository): CiJob[] {
  const root = { node, scope: scopeOf(file, node) };
  const extended = getField(node, 'extends');
  const extending = extended?.kind === 'map' ? { ...root, node: extended } : undefined;
  // A template of another repository is left as a step that is not known.
  const body = extending === undefined ? root : (readTemplate(extending, repository) ?? extending);
  if (!['stages', 'jobs', 'steps', 'template'].some((key) => getField(body.node, key))) return [];
  return readJobs({ ...body, root, file, onPush: pushStarts(node, file), changes: triggerChanges(node) }, repository);
}

/** Absolute paths of the files at the top and in the usual folders. */
function findPaths(repository: Repository): string[] {
  const found: string[] = [];
  const enter = (folder: string, depth: number): void => {
    for (const name of depth < limits.depth ? repository.list(folder) : []) {
      const path = posix.join(folder, name);
      if (/\.ya?ml$/.test(name)) found.push(path);
      else if (!name.includes('.')) enter(path, depth + 1);
    }
  };
  for (const name of repository.list(repository.top)) {
    if (/^azure-pipelines?[\w.-]*\.ya?ml$/.test(name)) found.push(posix.join(repository.top, name));
    else if (azureFolders.includes(name)) enter(posix.join(repository.top, name), 0);
  }
  return found.slice(0, limits.files);
}
