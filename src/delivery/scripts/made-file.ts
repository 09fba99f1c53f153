import { posix } from 'node:path';
import type { BuildProblem } from '../../kustomize/problem.ts';
import type { Sources } from '../../source/files/note-reads.ts';
import { perRepository } from '../per-repository.ts';
import type { ReadDeployTexts } from './find-deploy-scripts.ts';

/**
 * Turns errors about absent files that a script or a pipeline of the repository makes before it builds into notes that
 * they are left out. The texts are only read if asked for.
 */
export function madeFileExcuser(sources: Sources, readTexts: ReadDeployTexts): (problem: BuildProblem) => BuildProblem {
  const scriptsOf = perRepository(sources, (top) => readTexts(top).scripts);
  return (problem) => {
    const { absent, kind, at } = problem;
    if (absent === undefined || kind !== 'error') return problem;
    const path = posix.join(posix.basename(posix.dirname(absent)), posix.basename(absent));
    const maker = bundleBase.test(path)
      ? '`operator-sdk generate kustomize manifests`'
      : scriptsOf(posix.dirname(absent))?.some(({ text }) => writesFile(text, path))
        ? 'a script or pipeline of the repository'
        : undefined;
    if (maker === undefined) return problem;
    const written = at.file.text.slice(at.start, at.end);
    const message = `\`${written}\` is left out, since ${maker} makes it and it is not here; what it would add is not checked`;
    return { ...problem, kind: 'incomplete', message };
  };
}

/** The description of an operator's bundle, which `make bundle` of its scaffold makes first. */
const bundleBase = /^bases\/[\w.-]+\.clusterserviceversion\.yaml$/;

/** Whether a line of a text writes the file: with a redirection, an option, or as the target of a copy. */
function writesFile(text: string, path: string): boolean {
  return (
    text.includes(path) &&
    text.split('\n').some((line) => line.includes(path) && line.length < longestLine && writesInLine(line, path))
  );
}

const longestLine = 2000;

function writesInLine(line: string, path: string): boolean {
  const commands = line.replace(/["']/g, '').split(/[|;&]/);
  return commands.some((command) => {
    const words = command.trim().split(/\s+/);
    const target = words.findIndex((word) => `/${word}`.endsWith(`/${path}`));
    if (target < 0) return false;
    const before = words.slice(0, target);
    const option = /^(?:>|--?o(?:ut(?:put)?)?=)/.test(words[target] ?? '');
    const follows = /^(?:\d?>{1,2}|-o|--out|--output|tee|-a)$/.test(before.at(-1) ?? '');
    return (
      option || follows || (target === words.length - 1 && before.some((word) => /^@?(cp|mv|install)$/.test(word)))
    );
  });
}
