import { posix } from 'node:path';
import { kustomizationNames } from '../../discover/kustomization-names.ts';
import { parseImage } from '../../objects/image.ts';
import { redirections } from '../../shell/words.ts';
import { getPath, getText, listItems } from '../../source/node.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';
import type { CiJob, Command } from '../pipelines/ci-job.ts';
import { programOf, resolvePath, spanOfWord } from '../pipelines/commands.ts';
import { isWritten } from '../pipelines/made-files.ts';
import type { Repository } from '../repository.ts';
import { readSubstitution } from './sed.ts';
import { findMissingKey, readKeySetting } from './yq.ts';

/** A command that writes a version into a file. */
export type FileEdit = PatternEdit | KeyEdit | TemplateEdit | ImageEdit;

interface Edit {
  readonly job: CiJob;
  readonly program: string;
  /** The path as written; for `kustomize edit`, the folder relative to the top of the repository. */
  readonly path: string;
  readonly pathAt: Span;
  /** Undefined if there is no such file. */
  readonly file: SourceFile | undefined;
  /**
   * The text with the version that it writes, as in the command: `TAG: "${IMAGE_TAG}"`, `strenv(TAG)`; undefined if it
   * cannot be read.
   */
  readonly written: string | undefined;
}

/** `sed -i s/…/…/ FILE` and `perl -pi -e s/…/…/ FILE`. */
export interface PatternEdit extends Edit {
  readonly kind: 'pattern';
  /** The pattern of the expression, for messages. */
  readonly pattern: string;
  /** Undefined if the pattern could not be read. */
  readonly matches: LineMatcher | undefined;
  readonly patternAt: Span;
}

/** Finds the first match of a pattern in a line. */
export type LineMatcher = (line: string) => { readonly start: number; readonly text: string } | undefined;

/** `yq -i '.data.TAG = …' FILE`. */
export interface KeyEdit extends Edit {
  readonly kind: 'key';
  /** The key as written: `.data.TAG`; undefined if the expression does more than set keys. */
  readonly key: string | undefined;
  readonly keyAt: Span;
  /** The `data` of a ConfigMap in the file that has no such key; undefined if there is none. */
  readonly missingIn: Span | undefined;
}

/** `envsubst < FILE`. */
export interface TemplateEdit extends Edit {
  readonly kind: 'template';
}

/** `kustomize edit set image NAME=…`, which changes the kustomization in its working directory. */
export interface ImageEdit extends Edit {
  readonly kind: 'image';
  /** The name of the image in the containers. */
  readonly image: string;
  readonly imageAt: Span;
  /** Absolute path of the folder. */
  readonly folder: string;
  /** Whether `images` of the kustomization names it. */
  readonly listed: boolean;
}

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
