import type { Dockerfile, Instruction } from '../../delivery/dockerfiles/dockerfile.ts';
import { findImageDockerfile } from '../../delivery/dockerfiles/image-dockerfile.ts';
import { builtInstructions } from '../../delivery/dockerfiles/stages.ts';
import { imageOf } from '../../objects/image.ts';
import { withText } from '../../objects/view.ts';
import type { Container, Workload } from '../../objects/workload.ts';
import type { Span } from '../../source/span.ts';
import { matchesInOrder } from '../../text/matches-in-order.ts';
import type { RootModel } from '../root-model.ts';
import { migratingContainer } from './migration.ts';
import { findMigrationCommand, type MigrationCommand } from './migration-command.ts';

/** A migration in the script that starts the image of a service. */
export interface EntryMigration {
  readonly container: Container;
  readonly command: MigrationCommand;
  /** The `ENTRYPOINT` that names the script. */
  readonly entry: Instruction;
  /** The command in the script. */
  readonly at: Span;
}

/**
 * Finds the migration that the entry points of a workload's images run before every start. One that depends on a
 * condition counts only if that is the start of the Rails server, as in the script that Rails generates.
 */
export function findEntryMigration(model: RootModel, { pod }: Workload): EntryMigration | undefined {
  const { delivery, migrations } = model;
  if (delivery === undefined) return undefined;
  const own = new Set(migrations.map((migration) => imageOf(migratingContainer(migration)).repository));
  for (const container of pod.containers) {
    if (container.command.length > 0) continue;
    const dockerfile = findImageDockerfile(delivery, container.image.value ?? '', own);
    const found = dockerfile && readEntry(dockerfile, container);
    if (found !== undefined) return found;
  }
  return undefined;
}

function readEntry(dockerfile: Dockerfile, container: Container): EntryMigration | undefined {
  const { entryScript: file } = dockerfile;
  const instructions = builtInstructions(dockerfile);
  const entry = instructions.findLast(({ keyword }) => keyword === 'ENTRYPOINT');
  if (file === undefined || entry === undefined) return undefined;
  const path = '/entrypoint';
  const command = findMigrationCommand({
    ...container,
    command: [withText(container.image, path)],
    args: [],
    findFile: (wanted) => (wanted === path ? { text: file.text, at: { file, start: 0, end: 0 } } : undefined),
  });
  const start = command === undefined ? -1 : file.text.indexOf(command.text);
  if (command === undefined || start < 0) return undefined;
  const cmd = instructions.findLast(({ keyword }) => keyword === 'CMD')?.text ?? '';
  const starts = container.args.length > 0 ? container.args.map(({ value }) => value).join(' ') : cmd;
  if (!isReached(file.text.slice(0, start), starts)) return undefined;
  return { container, command, entry, at: { file, start, end: start + command.text.length } };
}

/** Whether a script comes to a command, by the text before it: no condition is open, or that on the Rails server is met. */
function isReached(before: string, starts: string): boolean {
  const lines = before.split('\n');
  if (/\S/.test(lines.at(-1) ?? '')) return false;
  const open: string[] = [];
  for (const line of lines) {
    if (/^\s*(if|case|for|while|until)\b|\(\)\s*\{/.test(line)) open.push(line);
    else if (/^\s*(?:(?:fi|esac|done)\b|\})/.test(line)) open.pop();
    // What follows may not be reached.
    else if (/^\s*(exec|exit)\b/.test(line) && open.length === 0) return false;
  }
  const [condition, ...others] = open;
  if (condition === undefined) return true;
  return others.length === 0 && startsServer(condition) && startsServer(starts);
}

/** Whether a line has `rails server` in it, perhaps with options between the words. */
function startsServer(text: string): boolean {
  return text.split('\n').some((line) => matchesInOrder(line, /rails\b/, /\bserver\b/));
}
