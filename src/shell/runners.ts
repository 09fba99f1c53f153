import { baseName } from '../text/base-name.ts';
import type { Words } from './words.ts';

/** A program that only starts another one. */
interface Runner {
  readonly words: Words;
  /** Flags that take a value as the next word. */
  readonly valued?: RegExp;
  /** The number of its own arguments before the program. */
  readonly own?: number;
  /** The program may be a package with a version: `prisma@6`, `npm:prisma`. */
  readonly takesPackage?: true;
}

const pythonFlags =
  /^(--with(-\w+)*|--env-file|-p|--python|--project|--directory|--group|--extra|--package|--from|-n|--name|--prefix|-C)$/;

const runners: readonly Runner[] = [
  { words: ['exec'] },
  { words: ['env'], valued: /^(-u|-C|-S)$/ },
  { words: ['sudo'], valued: /^-[ugh]$/ },
  { words: ['nohup'] },
  { words: ['nice'], valued: /^-n$/ },
  { words: ['command'] },
  { words: ['timeout'], valued: /^-[sk]$/, own: 1 },
  { words: ['tini'] },
  { words: ['dumb-init'] },
  { words: ['gosu'], own: 1 },
  { words: ['su-exec'], own: 1 },
  { words: ['docker-entrypoint.sh'] },
  {
    words: ['dockerize'],
    valued: /^-(wait|timeout|template|wait-retry-interval|wait-http-header|stdout|stderr|poll)$/,
  },
  { words: ['npx'], valued: /^(-p|--package|-w|--workspace)$/, takesPackage: true },
  { words: ['bunx'], takesPackage: true },
  { words: ['deno', 'run'], takesPackage: true },
  { words: ['uvx'], valued: pythonFlags },
  ...['uv', 'poetry', 'pipenv', 'pdm', 'hatch', 'rye', 'conda', 'mamba', 'micromamba'].map((program) => ({
    words: [program, 'run'],
    valued: pythonFlags,
  })),
  { words: ['bundle', 'exec'] },
  { words: ['symfony', 'run'] },
  { words: ['symfony', 'php'] },
  { words: ['dotnet', 'tool', 'run'] },
  { words: ['doppler', 'run'], valued: /^-[pc]$/ },
  { words: ['infisical', 'run'] },
  { words: ['dotenv'], valued: /^-[evp]$/ },
  { words: ['dotenv-cli'], valued: /^-[evp]$/ },
  { words: ['dotenvx', 'run'], valued: /^-f$/ },
];

/** Programs whose own arguments end at `--`, whatever they are. */
const separating = /^(wait-for-it(\.sh)?|wait-for(\.sh)?|wait4x|chamber|op|aws-vault|mise)$/;

/** Removes what only starts a program: assignments, `npx`, `uv run`, `pnpm --filter api exec`, `node -r x node_modules/…`. */
export function takeOffRunners(written: Words): string[] {
  let words = [...written];
  for (;;) {
    while (words[0] !== undefined && /^[A-Za-z_]\w*=/.test(words[0])) words = words.slice(1);
    const inner = takeOffOne(words);
    if (inner === undefined) break;
    words = inner;
  }
  return words.length === 0 ? [] : [baseName(words[0] ?? ''), ...words.slice(1)];
}

/** What the first program starts; undefined if it is no runner. */
function takeOffOne(words: Words): string[] | undefined {
  const program = baseName(words[0] ?? '');
  const rest = words.slice(1);
  const runner = runners.find(({ words: own }) => own.every((word, i) => (i === 0 ? program : words[i]) === word));
  if (runner) return takeOff(runner, words.slice(runner.words.length));
  if (separating.test(program) && rest.includes('--')) return rest.slice(rest.indexOf('--') + 1);
  if (/^(npm|pnpm|yarn|bun)$/.test(program)) return startedByPackageManager(rest);
  if (/^(node|ts-node|tsx)$/.test(program)) {
    const started = dropFlags(rest, /^(-r|--require|--import|--loader|-P|--project|-O)$/);
    // `node scripts/with-env.mjs prisma migrate deploy`: a script of the repository that starts what follows.
    return startedAsPackage(started) ?? startedAsPackage(started.slice(1));
  }
  if (/^python[\d.]*$/.test(program)) return startedByPython(words);
  if (/^(su|runuser)$/.test(program)) return startedAsUser(rest);
  if (program === 'php' && rest[0]?.startsWith('-')) return ['php', ...dropFlags(rest, /^-[dc]$/)];
  return /(^|\/)node_modules\//.test(words[0] ?? '') ? startedAsPackage(words) : undefined;
}

function takeOff({ valued, own = 0, takesPackage }: Runner, words: Words): string[] {
  const inner = dropFlags(words, valued).slice(own);
  return takesPackage ? [packageName(inner[0] ?? ''), ...inner.slice(1)] : inner;
}

/** `pnpm --filter api exec prisma`, `yarn workspace api prisma`, `bun run prisma`; undefined for a script. */
function startedByPackageManager(words: Words): string[] | undefined {
  let rest = dropFlags(words, /^(-F|--filter|-C|--dir|--cwd|--prefix|-w|--workspace)$/);
  if (rest[0] === 'workspace') rest = rest.slice(2);
  if (/^(exec|dlx|x)$/.test(rest[0] ?? '')) {
    const [program = '', separator, ...more] = dropFlags(rest.slice(1), /^(-p|--package|-c|-w|--workspace)$/);
    return [packageName(program), ...(separator === undefined || separator === '--' ? more : [separator, ...more])];
  }
  return startedAsPackage(rest[0] === 'run' ? rest.slice(1) : rest);
}

function startedAsPackage(words: Words): string[] | undefined {
  const program = packageProgram(words[0]);
  return program === undefined ? undefined : [program, ...words.slice(1)];
}

/** `su app -c 'rake db:migrate'`, if the shell is given a single command. */
function startedAsUser(words: Words): string[] | undefined {
  const command = words[words.findIndex((word) => word === '-c' || word === '--command') + 1] ?? '';
  return words.includes(command) && /\s/.test(command) && !/[;&|<>()$`"']/.test(command)
    ? command.trim().split(/\s+/)
    : undefined;
}

/** `python -m alembic` is alembic; Python's own flags are dropped. */
function startedByPython([program = '', ...rest]: readonly string[]): string[] | undefined {
  const [first, ...more] = dropFlags(rest, /^-[WX]$/, /^-[uOBIsEWX]/);
  if (first === '-m') return more;
  return first === rest[0] || first === undefined ? undefined : [program, first, ...more];
}

/** Drops flags with their values, up to `--` or the first plain word, or the first flag that `known` is not. */
function dropFlags(words: Words, valued?: RegExp, known = /^-/): string[] {
  let at = 0;
  while (at < words.length && known.test(words[at] ?? '')) {
    if (words[at] === '--') return words.slice(at + 1);
    at += valued?.test(words[at] ?? '') ? 2 : 1;
  }
  return words.slice(at);
}

/** Programs of packages that package managers and node start directly. */
const packagePrograms =
  /^(prisma|typeorm(-ts-node-(esm|commonjs))?|sequelize(-cli)?|knex|drizzle-kit|mikro-orm(-esm)?|node-pg-migrate|db-migrate|migrate-mongo|umzug|kysely|payload|directus|medusa)$/;

/** The program that a word means: its own name, or its file in `node_modules`. */
function packageProgram(word: string | undefined): string | undefined {
  const inModules = /(?:^|\/)node_modules\/(?:\.bin\/)?([\w-]+)(?:$|\/)/.exec(word ?? '')?.[1];
  const name = packageName(inModules ?? word ?? '');
  return packagePrograms.test(name) ? name : undefined;
}

/** `prisma@6` and `npm:prisma` are prisma. */
function packageName(word: string): string {
  const name = word.replace(/^npm:/, '');
  const version = name.indexOf('@', Math.max(1, name.lastIndexOf('/')));
  return version < 0 ? name : name.slice(0, version);
}
