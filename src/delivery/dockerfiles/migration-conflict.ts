import type { Migration } from '../../model/migrations/migration.ts';
import type { Span } from '../../source/span.ts';
import { flywayFile } from '../../text/flyway-file.ts';
import type { CopiedFolder, Dockerfile } from './dockerfile.ts';

/** Migrations in an image that their tool cannot put into one order, as two branches leave them. */
export interface MigrationConflict {
  /** `version`: two files have the same one. `heads`: nothing comes after either of two revisions. */
  readonly kind: 'version' | 'heads';
  readonly tool: string;
  readonly folder: string;
  /** The names of the files, or the revisions. */
  readonly names: readonly string[];
  /** The later of the two. */
  readonly at: Span;
  readonly other: Span;
}

/** How the files of a tool are named, with the version as the first group. */
const namings: Readonly<Record<string, RegExp>> = {
  Flyway: flywayFile,
  'golang-migrate': /^(\d+)_.*\.up\.\w+$/,
  goose: /^(\d+)_(?!.*\.(up|down)\.sql$).*\.(sql|go)$/,
};

/** Finds the first conflict among the migrations that a Dockerfile copies, for the tool that a migration runs. */
export function findMigrationConflict(dockerfile: Dockerfile, { command }: Migration): MigrationConflict | undefined {
  const tool = command?.tool?.name ?? '';
  const naming = namings[tool];
  const runsHead = tool === 'Alembic' && /(?:^| )upgrade (?:-\S+ )*head(?: |$)/.test(command?.text ?? '');
  for (const folder of naming || runsHead ? dockerfile.copied() : []) {
    const conflict = naming ? findSameVersion(folder, naming) : findHeads(folder);
    if (conflict !== undefined) return { ...conflict, tool, folder: folder.name };
  }
  return undefined;
}

type Found = Omit<MigrationConflict, 'tool' | 'folder'>;

function findSameVersion(folder: CopiedFolder, naming: RegExp): Found | undefined {
  const seen = new Map<string, string>();
  for (const file of folder.files) {
    const version = naming.exec(file)?.[1];
    if (version === undefined) continue;
    const key = plainVersion(version);
    const first = seen.get(key);
    if (first !== undefined) return pair('version', folder, [first, file], [first, file]);
    seen.set(key, file);
  }
  return undefined;
}

/** `1.0`, `01` and `1_0` are the same version. */
function plainVersion(version: string): string {
  const numbers = version.split(/[._]/).map((part) => part.replace(/^0+(?=\d)/, ''));
  while (numbers.length > 1 && numbers.at(-1) === '0') numbers.pop();
  return numbers.join('.');
}

interface Revision {
  readonly file: string;
  readonly name: string;
  readonly after: readonly string[];
}

/** The first two of several heads. None if a file cannot be read, or if branches are meant to be there. */
function findHeads(folder: CopiedFolder): Found | undefined {
  const files = folder.files.filter((file) => file.endsWith('.py') && file !== '__init__.py');
  const revisions = files.map((file) => readRevision(file, folder.read(file)?.text ?? ''));
  const followed = new Set(revisions.flatMap((revision) => revision?.after ?? []));
  const heads = revisions.filter((revision) => revision !== undefined && !followed.has(revision.name));
  const [first, second] = heads;
  if (first === undefined || second === undefined || revisions.includes(undefined)) return undefined;
  return pair('heads', folder, [first.name, second.name], [first.file, second.file]);
}

function readRevision(file: string, text: string): Revision | undefined {
  const name = /(?:^|\n)revision\b[^=\n]*=\s*["'](\w+)["']/.exec(text)?.[1];
  const after = /(?:^|\n)down_revision\b[^=\n]*=\s*(None|["']\w+["']|\([^()]*\)|\[[^[\]]*\])/.exec(text)?.[1];
  const hasBranches = /(?:^|\n)(?:branch_labels|depends_on)\b[^=\n]*=\s*(?!None)\S/.test(text);
  if (name === undefined || after === undefined || hasBranches) return undefined;
  return { file, name, after: [...after.matchAll(/["'](\w+)["']/g)].map(([, each = '']) => each) };
}

function pair(
  kind: Found['kind'],
  folder: CopiedFolder,
  names: readonly string[],
  files: readonly [string, string],
): Found | undefined {
  const [other, at] = files.map((file) => startOf(folder, file, kind));
  return at && other && { kind, names, at, other };
}

/** The line that says what a revision follows, or the first line of a file. */
function startOf(folder: CopiedFolder, name: string, kind: Found['kind']): Span | undefined {
  const file = folder.read(name);
  if (file === undefined) return undefined;
  const line = (kind === 'heads' ? /^down_revision.*$/m : /^.*$/m).exec(file.text);
  const start = line?.index ?? 0;
  return { file, start, end: start + (line?.[0].length ?? 0) };
}
