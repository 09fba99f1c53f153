import { posix } from 'node:path';
import { matchesInOrder } from '../../text/matches-in-order.ts';
import type { Instruction, Recipe } from './dockerfile.ts';
import { readCopy, readEnv } from './instructions.ts';
import { builtIndex, builtInstructions, readStages, type Stage, stagesUpTo } from './stages.ts';

/** The instruction that installs the packages of package.json into an image. */
export interface Install {
  readonly instruction: Instruction;
  readonly manager: string;
  /** Whether a lock file was copied before, judging by the names. */
  readonly hasLock: boolean;
  /** Whether `devDependencies` are omitted, or removed later. */
  readonly omitsDev: boolean;
  /** Whether the files of the project, including its Prisma schema, were copied before. */
  readonly hasSources: boolean;
  /** Whether the scripts of packages are not run. */
  readonly ignoresScripts: boolean;
  /** Whether it is for one package of several in the repository (`--filter`, `--workspace`). */
  readonly isFiltered: boolean;
}

/**
 * The install that an image's packages come from: the last one in its own stages, or in a stage from which it copies
 * `node_modules` or the whole folder. Undefined if it does not use the repository's package.json.
 */
export function findInstall(dockerfile: Recipe): Install | undefined {
  const stages = readStages(dockerfile);
  const known = new Map<number, Install | undefined>();
  const installIn = (index: number): Install | undefined => {
    if (!known.has(index)) {
      const copiedFrom = (name: string): Install | undefined => installIn(findStage(name, index, stages));
      known.set(index, installOf(stagesUpTo(index, stages), copiedFrom));
    }
    return known.get(index);
  };
  return installIn(builtIndex(dockerfile, stages));
}

function installOf(chain: readonly Stage[], installIn: (stage: string) => Install | undefined): Install | undefined {
  let found: Install | undefined;
  let copied: Copied = { manifest: false, lock: false, schema: false };
  let production = false;
  for (const instruction of chain.flatMap((stage) => stage.instructions)) {
    const { keyword, text } = instruction;
    if (keyword === 'ENV') production = isProduction(instruction) ?? production;
    const copy = readCopy(instruction);
    if (copy?.from !== undefined && copy.sources.some(mayBeModules)) found = installIn(copy.from) ?? found;
    if (copy?.from === undefined) copied = addCopied(copied, copy?.sources ?? []);
    if (keyword !== 'RUN') continue;
    found = readInstall(instruction, copied, production) ?? found;
    if (found !== undefined && prunes(text)) found = { ...found, instruction, omitsDev: true };
  }
  return found;
}

/** What an image may have of the build context. */
interface Copied {
  readonly manifest: boolean;
  readonly lock: boolean;
  readonly schema: boolean;
}

function addCopied({ manifest, lock, schema }: Copied, sources: readonly string[]): Copied {
  return {
    manifest: manifest || sources.some(mayBeManifest),
    lock: lock || sources.some(mayBeLock),
    schema: schema || sources.some(mayBeSchema),
  };
}

/** Undefined for a command that does not install what the repository's package.json lists. */
function readInstall(instruction: Instruction, copied: Copied, production: boolean): Install | undefined {
  const { text } = instruction;
  const manager = managerOf(text);
  if (manager === undefined || !(copied.manifest || bindsFile(text, 'package'))) return undefined;
  return {
    instruction,
    manager,
    hasLock: copied.lock || bindsFile(text, 'lock'),
    hasSources: copied.schema,
    omitsDev: omitsDev(text, production, manager),
    ignoresScripts: text.includes('--ignore-scripts'),
    isFiltered: /\s(--filter|-F|--workspace|-w)\b|workspaces focus/.test(text),
  };
}

/** The index of a stage by its name or number, among those before another: a stage can only copy from earlier ones. */
function findStage(name: string, before: number, stages: readonly Stage[]): number {
  return stages
    .slice(0, before)
    .findIndex((stage, index) => stage.name === name.toLowerCase() || String(index) === name);
}

/** Whether a command sees a file of the build's context, such as a lock file, without a copy of it in the image. */
function bindsFile(text: string, name: string): boolean {
  return text.split(/\s/).some((word) => word.startsWith('--mount=type=bind') && word.includes(name));
}

/** The package manager that installs what package.json lists; undefined for a command that adds packages by name. */
function managerOf(text: string): string | undefined {
  if (matchesInOrder(text, /\bnpm /, /(?<!\S)(?:ci|clean-install|install-ci-test)\b/)) return 'npm';
  for (const call of text.split(/\b(?=(?:npm|pnpm|bun) )/)) {
    const manager = installsListed.exec(call)?.[1];
    if (manager !== undefined) return manager;
  }
  return /\byarn(?: install| --\S+|\s*$|\s*[&|;]| workspaces focus)/.test(text) ? 'yarn' : undefined;
}

/** An install without names of packages. */
const installsListed = /^(npm|pnpm|bun) (?:-\S+ )*(?:i|install)(?= -|\s*$|\s*[&|;])(?! (?:-\S+ )*(?:-g|--global)\b)/;

function prunes(text: string): boolean {
  return (
    matchesInOrder(text, /\bnpm prune /, /(?<!\S)(?:--production|--omit[= ]dev|--prod)\b/) ||
    matchesInOrder(text, /\bpnpm prune /, /(?<!\S)--prod\b/)
  );
}

function omitsDev(text: string, production: boolean, manager: string): boolean {
  if (/--include[= ]dev|--production[= ]false|--prod[= ]false|--also[= ]dev/.test(text)) return false;
  if (/--omit[= ]dev|--only[= ]prod(uction)?|--production|--prod\b|\s-P\b/.test(text)) return true;
  const inLine = /\bNODE_ENV=(\w+)/.exec(text)?.[1];
  const isProductive = inLine === undefined ? production : inLine === 'production';
  // Yarn 1 omits them too, but later versions and bun do not.
  return isProductive && (manager === 'npm' || manager === 'pnpm');
}

function isProduction(instruction: Instruction): boolean | undefined {
  const value = readEnv(instruction).findLast(([name]) => name === 'NODE_ENV')?.[1];
  return value === undefined ? undefined : value === 'production';
}

/** Whether a source may be the package.json of the build context, not of a folder in it. */
function mayBeManifest(source: string): boolean {
  return /^(\.\/)?(package[^/]*|\*[^/]*|\.?)$/.test(source) || source.includes('$');
}

function mayBeLock(source: string): boolean {
  const name = posix.basename(source);
  return /lock|shrinkwrap|^\.$|^\*$|^\.\/?$/.test(name) || /[*?[$]/.test(name) || !name.includes('.');
}

function mayBeSchema(source: string): boolean {
  return /prisma|schema|^\.?\/?$|^\*$|^\.\/\*$|[$]/.test(source) || !posix.basename(source).includes('.');
}

function mayBeModules(source: string): boolean {
  return /node_modules\/?$/.test(source) || !posix.basename(source).includes('.');
}

/** Whether an image holds files of the project other than those for its packages, schema and settings. */
export function holdsCode(dockerfile: Recipe): boolean {
  const ofOthers = /package|lock|prisma|schema|migrat|config|\.npmrc|workspace|\.sh$|\.env|node_modules/;
  return builtInstructions(dockerfile).some((instruction) =>
    readCopy(instruction)?.sources.some((source) => !ofOthers.test(source)),
  );
}
