import { posix } from 'node:path';
import { findRepositoryTop } from '../config/find-config.ts';
import { baseName } from '../model/command-line.ts';
import type { SourceCache } from '../source/source-cache.ts';
import { readCiJobs, spanOfWord } from './ci-jobs.ts';
import type { ArtifactPush, CiJob, Delivery, Dockerfile } from './delivery.ts';
import { readDockerfile } from './dockerfile.ts';
import { findFileEdits } from './file-edits.ts';
import { findImageBuilds, valuesOf } from './image-builds.ts';

/** Reads what delivers a folder, each repository once. */
export function deliveryReader(sources: SourceCache): (folder: string) => Delivery | undefined {
  const byTop = new Map<string, Delivery>();
  return (folder) => {
    const top = folder.startsWith('/') ? findRepositoryTop(folder, sources.fileSystem) : undefined;
    if (top === undefined) return undefined;
    const known = byTop.get(top) ?? readDelivery(top, sources);
    byTop.set(top, known);
    return known;
  };
}

/**
 * Reads what delivers the trees of a repository: its pipelines and Dockerfiles. Nothing is run, and nothing outside of the
 * repository is read.
 * @param top absolute path of the folder that holds `.git`
 */
function readDelivery(top: string, sources: SourceCache): Delivery {
  const jobs = readCiJobs(top, sources);
  const builds = jobs.flatMap(findImageBuilds);
  const named = builds.flatMap(({ dockerfile }) => dockerfile ?? []).filter((path) => !path.includes('$'));
  return {
    top,
    jobs,
    builds,
    edits: jobs.flatMap((job) => findFileEdits(job, top, sources)),
    pushes: jobs.flatMap((job) => findPushes(job, top, sources)),
    dockerfiles: findDockerfiles(top, named, sources),
  };
}

/** Those at the top of the repository, and those that a pipeline names. */
function findDockerfiles(top: string, named: readonly string[], sources: SourceCache): Dockerfile[] {
  const listed = sources.fileSystem.listDirectory(top).filter((name) => /^Dockerfile|\.Dockerfile$/.test(name));
  const paths = [...listed, ...named]
    .map((path) => posix.resolve(top, path))
    .filter((path) => path.startsWith(`${top}/`) && !/\.(dockerignore|md|ya?ml)$/.test(path));
  return [...new Set(paths)].flatMap((path) => readDockerfile(path, sources) ?? []);
}

function findPushes(job: CiJob, top: string, sources: SourceCache): ArtifactPush[] {
  return job.scripts.flatMap((script) =>
    script.commands.flatMap((words) => {
      if (baseName(words[0] ?? '') !== 'flux' || words[1] !== 'push' || words[2] !== 'artifact') return [];
      const [path] = valuesOf(words, ['--path', '-f']);
      if (path === undefined || path === '-' || path.includes('$')) return [];
      const folder = posix.resolve(top, path);
      const exists = sources.fileSystem.stat(folder) !== undefined;
      return [{ job, path, at: spanOfWord(script, path), folder, exists }];
    }),
  );
}
