import { posix } from 'node:path';
import { decideIgnored, ignoreFilesBelow, parseIgnoreFile, parsePattern } from '../../source/files/ignore-patterns.ts';
import type { SourceCache } from '../../source/source-cache.ts';
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
  const fromFiles = ignoreFilesBelow(top, '.sourceignore', sources);
  return (path, isDirectory) => {
    const relative = posix.relative(top, path);
    if (relative === '' || relative.startsWith('../')) return false;
    const steps = relative.split('/');
    const byDefault = decideIgnored(false, defaults, steps, isDirectory);
    return decideIgnored(fromFiles(byDefault, steps, isDirectory), fromObject, steps, isDirectory);
  };
}
