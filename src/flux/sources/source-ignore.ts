import { posix } from 'node:path';
import { type IgnorePattern, matchesPath, parseIgnoreFile, parsePattern } from '../../source/files/ignore-patterns.ts';
import { isReadFailure, type SourceCache } from '../../source/source-cache.ts';
import type { IsIgnored } from '../folders/find-manifests.ts';

/** What source-controller excludes from every artifact, unless a `.sourceignore` includes it again. */
const defaultPatterns = [
  ...['.git/', '.gitignore', '.gitmodules', '.gitattributes'],
  ...['*.jpg', '*.jpeg', '*.gif', '*.png', '*.wmv', '*.flv', '*.tar.gz', '*.zip'],
  ...['.github/', '.circleci/', '.travis.yml', '.gitlab-ci.yml', 'appveyor.yml', '.drone.yml', 'cloudbuild.yaml'],
  ...['codeship-services.yml', 'codeship-steps.yml', '**/.goreleaser.yml', '**/.sops.yaml', '**/.flux.yaml'],
];

/**
 * Reads what a source excludes: source-controller's defaults, then the `.sourceignore` files of the source from its root
 * down, then `spec.ignore` of the source's object. The last pattern that matches decides.
 * @param top absolute path of the source
 */
export function readSourceIgnore(top: string, ignoreField: string | undefined, sources: SourceCache): IsIgnored {
  const defaults = defaultPatterns.map(parsePattern);
  const fromObject = parseIgnoreFile(ignoreField ?? '');
  const byFolder = new Map<string, readonly IgnorePattern[]>();
  const patternsOf = (folder: string): readonly IgnorePattern[] => {
    let patterns = byFolder.get(folder);
    if (patterns === undefined) {
      const file = sources.read(posix.join(folder, '.sourceignore'));
      patterns = isReadFailure(file) ? [] : parseIgnoreFile(file.text);
      byFolder.set(folder, patterns);
    }
    return patterns;
  };
  return (path, isDirectory) => {
    const relative = posix.relative(top, path);
    if (relative === '' || relative.startsWith('../')) return false;
    const steps = relative.split('/');
    let ignored = false;
    const apply = (patterns: readonly IgnorePattern[], below: readonly string[]) => {
      for (const pattern of patterns) if (matchesPath(pattern, below, isDirectory)) ignored = !pattern.includes;
    };
    apply(defaults, steps);
    let folder = top;
    for (const [depth, step] of steps.entries()) {
      apply(patternsOf(folder), steps.slice(depth));
      folder = posix.join(folder, step);
    }
    apply(fromObject, steps);
    return ignored;
  };
}
