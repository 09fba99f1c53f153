import { posix } from 'node:path';
import { countOf } from '../../report/count.ts';
import { displayPath } from '../../report/display-path.ts';
import { escapeText } from '../../report/escape-text.ts';
import { describeNextSteps } from '../../scaffold/describe-next-steps.ts';
import { describeService } from '../../scaffold/new-service.ts';
import type { Pipeline } from '../../scaffold/pipeline.ts';
import { scaffold } from '../../scaffold/scaffold.ts';
import { findRepositoryTop } from '../../source/files/repository.ts';
import { UsageError } from '../../usage-error.ts';
import { writeAllOrNone } from '../output/write-all-or-none.ts';
import type { Terminal } from '../terminal.ts';

/** The options of `new`. */
export interface NewFlags {
  readonly tool?: string;
  readonly image?: string;
  readonly port?: number;
  readonly ci?: Pipeline;
  readonly directory?: string;
  readonly force?: boolean;
  readonly dryRun?: boolean;
}

/**
 * Writes the files of a new service and prints the next steps. Throws a UsageError, without writing anything, if a name is
 * invalid or a file already exists.
 */
export function newCommand(name: string, flags: NewFlags, terminal: Terminal): number {
  const { directory: from, fileSystem, out } = terminal;
  const directory = posix.resolve(from, flags.directory ?? '.');
  const top = findRepositoryTop(directory, fileSystem) ?? directory;
  const service = describeService(name, flags.tool, { ...flags, folder: folderBelow(top, directory) });
  const files = new Map([...scaffold(service)].map(([path, text]) => [posix.join(top, path), text]));
  const show = (path: string) => escapeText(displayPath(path, from));

  const hasDockerfile = fileSystem.stat(posix.join(directory, 'Dockerfile')) !== undefined;
  const present = [...files.keys()].filter((path) => fileSystem.stat(path) !== undefined);
  if (present.length > 0 && !flags.force) throw new UsageError(describePresent(present.map(show)));
  if (!flags.dryRun) writeAllOrNone(files, terminal);
  const list = [...files.keys()].map((path) => `  ${show(path)}\n`).join('');
  out.write(`${flags.dryRun ? 'Would write' : 'Wrote'} ${countOf(files.size, 'file')} for ${name}:\n${list}`);
  if (!flags.dryRun) out.write(`\n${describeNextSteps(service, show(directory), hasDockerfile)}`);
  return 0;
}

/** The service's folder relative to the repository. It becomes part of shell commands, so it may not contain special characters. */
function folderBelow(top: string, directory: string): string {
  const folder = posix.relative(top, directory);
  if (!/^[\w./-]*$/.test(folder) || folder.startsWith('-')) {
    throw new UsageError(
      `The folder name ${folder} is not safe in pipeline commands; use letters, digits, "." and "-".`,
    );
  }
  return folder === '' ? '' : `${folder}/`;
}

function describePresent(present: readonly string[]): string {
  const one = present.length === 1;
  const pipeline = present.some((path) => /\.gitlab-ci\.yml$|\.github\//.test(path));
  return `${present.join(', ')} already ${one ? 'exists' : 'exist'}, so nothing was written. --force overwrites ${
    one ? 'it' : 'them'
  }${pipeline ? '; --ci none skips the pipeline' : ''}.`;
}
