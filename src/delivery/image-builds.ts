import { baseName } from '../model/command-line.ts';
import { spanOfWord } from './ci-jobs.ts';
import type { CiJob, ImageBuild } from './delivery.ts';

/** The images that a job builds: with kaniko, docker, buildx, podman or buildah, or by GitHub's build action. */
export function findImageBuilds(job: CiJob): ImageBuild[] {
  const scripted = job.scripts.flatMap((script) =>
    script.commands.filter(isBuild).flatMap((words) => {
      const dockerfile = valuesOf(words, ['--dockerfile', '--file', '-f'])[0];
      return valuesOf(words, ['--destination', '-d', '--tag', '-t']).map((image) => ({
        job,
        image,
        at: spanOfWord(script, image),
        dockerfile,
      }));
    }),
  );
  const acted = job.actions.flatMap(({ tags, tagsAt, dockerfile }) =>
    tags
      .split(/[\n,]/)
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '')
      .map((image) => ({ job, image, at: spanOfWord({ at: tagsAt }, image), dockerfile })),
  );
  return [...scripted, ...acted];
}

function isBuild(words: readonly string[]): boolean {
  const program = baseName(words[0] ?? '');
  if (program === 'executor') return true;
  return /^(docker|podman|buildah|nerdctl)$/.test(program) && words.some((word) => /^(build|bud)$/.test(word));
}

/** The values of options, written `--name value` or `--name=value`. */
export function valuesOf(words: readonly string[], names: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    if (names.includes(word)) return words[index + 1] ?? [];
    const name = names.find((each) => each.startsWith('--') && word.startsWith(`${each}=`));
    return name === undefined ? [] : [word.slice(name.length + 1)];
  });
}
