import { posix } from 'node:path';
import { kustomizationNames } from '../../discover/kustomization-names.ts';
import { parseImage } from '../../objects/image.ts';
import { redirections } from '../../shell/words.ts';
import { getPath, getText, listItems } from '../../source/node.ts';
import type { CiJob, Command, FileEdit } from '../delivery.ts';
import type { Repository } from '../repository.ts';
import { programOf, resolvePath, spanOfWord } from './commands.ts';
import { isWritten } from './made-files.ts';
import { readSubstitution } from './sed.ts';
import { findMissingKey, readKeySetting } from './yq.ts';

/**
 * The commands of a job that write a version into a file of the repository: `sed`, `perl`, `yq`, `envsubst` and
 * `kustomize edit`. Skips paths with variables, and files that the job generates or fetches.
 */
export function findFileEdits(job: CiJob, repository: Repository): FileEdit[] {
  const edits = job.commands.flatMap((command) => readEdits(command, job, repository));
  // The file in the repository does not have what an earlier command of the job has written.
  const touched = new Set<string>();
  return edits.filter((edit) => {
    const place = edit.kind === 'image' ? `${edit.path} ${edit.image}` : edit.path;
    const seen = touched.has(place);
    touched.add(place);
    const mayBeMade = edit.file === undefined && (job.getsFiles || isWritten(edit.path, job.commands));
    return !mayBeMade && !(seen && edit.file !== undefined);
  });
}

function readEdits(command: Command, job: CiJob, repository: Repository): FileEdit[] {
  const program = programOf(command);
  const at = (path: string): Located[] => locate(path, command, job, repository);
  const substitution = readSubstitution(command);
  if (substitution !== undefined) {
    const { pattern, matches, replacement, paths } = substitution;
    const patternAt = spanOfWord(command, pattern);
    return paths
      .flatMap(at)
      .map((found) => ({ ...found, kind: 'pattern', written: replacement, pattern, matches, patternAt }));
  }
  const setting = readKeySetting(command);
  if (setting !== undefined) {
    const { key, value, path } = setting;
    const keyAt = spanOfWord(command, key ?? path, key?.slice(1) ?? path);
    return at(path).map((found) => {
      const missingIn = key && found.file ? findMissingKey(key, repository.readDocuments(found.file)) : undefined;
      return { ...found, kind: 'key', written: value, key, keyAt, missingIn };
    });
  }
  if (program === 'envsubst') {
    return redirections(command.words)
      .from.flatMap(at)
      .map((found) => ({ ...found, kind: 'template', written: undefined }));
  }
  return readKustomizeEdit(command, job, repository);
}

type Located = Pick<FileEdit, 'job' | 'program' | 'path' | 'pathAt' | 'file'>;

function locate(path: string, command: Command, job: CiJob, repository: Repository): Located[] {
  const full = resolvePath(command, path, repository);
  if (full === undefined) return [];
  return [{ job, program: programOf(command), path, pathAt: spanOfWord(command, path), file: repository.read(full) }];
}

/** `kustomize edit set image NAME=… NAME:TAG …`. */
function readKustomizeEdit(command: Command, job: CiJob, repository: Repository): FileEdit[] {
  const { words, folder } = command;
  const [, edit, set, image, ...settings] = words;
  if (programOf(command) !== 'kustomize' || edit !== 'edit' || set !== 'set' || image !== 'image') return [];
  if (folder === undefined) return [];
  const file = kustomizationNames.flatMap((name) => repository.read(posix.join(folder, name)) ?? [])[0];
  const entries = listItems(getPath(file && repository.readDocuments(file)[0], ['images']));
  return settings
    .filter((setting) => !setting.startsWith('-'))
    .map((setting) => {
      const name = setting.includes('=') ? setting.slice(0, setting.indexOf('=')) : parseImage(setting).repository;
      const imageAt = spanOfWord(command, setting, 'kustomize edit');
      const listed = entries.some((entry) => getText(entry, ['name']) === name);
      const path = repository.name(folder) || '.';
      return {
        ...{ kind: 'image', job, program: 'kustomize', path, pathAt: imageAt, file, written: setting },
        ...{ image: name, imageAt, folder, listed },
      };
    });
}
