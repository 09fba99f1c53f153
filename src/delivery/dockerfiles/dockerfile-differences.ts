import { onlyValues } from '../../collections/only-values.ts';
import { parseImage } from '../../objects/image.ts';
import type { Dockerfile, Instruction } from './dockerfile.ts';
import { findInstall, type Install } from './install.ts';
import { readEnv } from './instructions.ts';
import { builtInstructions, readStages, type Stage } from './stages.ts';

/** A difference between the Dockerfiles of a migration and its service that should not be there. */
export interface Difference {
  readonly message: string;
  /** The instruction in the migration's Dockerfile. */
  readonly own: Instruction;
  /** The instruction in the service's Dockerfile. */
  readonly other: Instruction;
  /** Describes the service's instruction. */
  readonly note: string;
  readonly hint: string;
}

/** The differences that make a migration's image behave differently from its service's; at most one of each kind. */
export function findDifferences(own: Dockerfile, other: Dockerfile): Difference[] {
  return [differInBase, differInInstall, differInVersion, differInSetting].flatMap((find) => find(own, other) ?? []);
}

/** A base image that both use, without any version in common. */
function differInBase(own: Dockerfile, other: Dockerfile): Difference | undefined {
  const theirs = basesOf(other);
  for (const { base, from } of basesOf(own)) {
    const same = theirs.filter((each) => parseImage(each.base).repository === parseImage(base).repository);
    const [first] = same;
    if (first === undefined || same.some((each) => each.base === base)) continue;
    return {
      message: `The migration's image starts from \`${base}\`, but the service's from \`${first.base}\`: the migration runs on another version than it is meant for.`,
      own: from,
      other: first.from,
      note: "the service's image starts here",
      hint: `Start from \`${first.base}\`.`,
    };
  }
  return undefined;
}

function basesOf(dockerfile: Dockerfile): Stage[] {
  return readStages(dockerfile).filter(({ base }) => !base.includes('$'));
}

function differInInstall(own: Dockerfile, other: Dockerfile): Difference | undefined {
  const [mine, theirs] = [findInstall(own), findInstall(other)];
  if (mine === undefined || theirs === undefined || !theirs.hasLock) return undefined;
  const [text, hint] = compareInstalls(mine, theirs);
  if (text === undefined || hint === undefined) return undefined;
  return {
    message: `${text}: the migration runs with other versions of them than were tested.`,
    own: mine.instruction,
    other: theirs.instruction,
    note: "the service's packages are installed here",
    hint,
  };
}

function compareInstalls(own: Install, other: Install): [text?: string, hint?: string] {
  if (own.manager !== other.manager) {
    return [
      `The migration's image installs its packages with \`${own.manager}\`, but the service's with \`${other.manager}\`, which has its own lock file`,
      `Install with \`${other.manager}\`.`,
    ];
  }
  if (own.hasLock) return [];
  return [
    "The migration's image installs its packages without the lock file that the service's has",
    'Copy the lock file before the install.',
  ];
}

/** A version that both name, in an `ARG NODE_VERSION=…` or for a package that is installed by name. */
function differInVersion(own: Dockerfile, other: Dockerfile): Difference | undefined {
  return differInText(versionsOf(own), versionsOf(other), (name, mine, theirs) => ({
    message: `The migration's image has \`${name}\` in version \`${mine}\`, but the service's in version \`${theirs}\`: the migration runs on another version than it is meant for.`,
    note: "the service's version is set here",
    hint: `Use version \`${theirs}\` in both.`,
  }));
}

function differInSetting(own: Dockerfile, other: Dockerfile): Difference | undefined {
  return differInText(settingsOf(own), settingsOf(other), (name, mine, theirs) => ({
    message: `The migration's image sets \`${name}\` to \`${mine}\`, but the service's to \`${theirs}\`: the migration runs in another environment than the service.`,
    note: "the service's value is set here",
    hint: `Set \`${name}\` to \`${theirs}\` in both.`,
  }));
}

/** What a Dockerfile gives a name: the version of a package, or the value of a variable. */
type Texts = ReadonlyMap<string, { readonly text: string; readonly instruction: Instruction }>;

/** The first name that both give a text, but not the same. */
function differInText(
  own: Texts,
  other: Texts,
  describe: (name: string, mine: string, theirs: string) => Pick<Difference, 'message' | 'note' | 'hint'>,
): Difference | undefined {
  for (const [name, mine] of own) {
    const theirs = other.get(name);
    if (theirs === undefined || theirs.text === mine.text) continue;
    return { ...describe(name, mine.text, theirs.text), own: mine.instruction, other: theirs.instruction };
  }
  return undefined;
}

/** The versions that a file names, except those that differ within the file, for example between stages. */
function versionsOf(dockerfile: Dockerfile): Texts {
  const bases = readStages(dockerfile).map(({ from }) => from.text);
  const named = dockerfile.instructions.flatMap((instruction) =>
    namedVersions(instruction)
      // The base image is compared as a whole.
      .filter(([name]) => !bases.some((text) => text.includes(name)))
      .map(([name, text]) => [name, { text, instruction }] as const),
  );
  const single = onlyValues(named.map(([name, { text }]) => [name, text]));
  return new Map(named.filter(([name]) => single.has(name)));
}

function namedVersions({ keyword, text }: Instruction): [name: string, version: string][] {
  const pattern =
    keyword === 'ARG' || keyword === 'ENV'
      ? /\b(\w*VERSION)[= ]["']?(v?\d[\w.+-]*)/g
      : /(?<![\w/.:-])(@?[a-z][\w./-]*)(?:@|==)(v?\d+(?:\.[\w+-]+)*)(?![\w/])/g;
  if (keyword !== 'ARG' && keyword !== 'ENV' && keyword !== 'RUN') return [];
  return [...text.matchAll(pattern)].map(([, name = '', version = '']) => [name, version]);
}

/** Variables by which programs choose their configuration. */
const settings =
  /^(NODE_ENV|APP_ENV|RAILS_ENV|RACK_ENV|MIX_ENV|DJANGO_SETTINGS_MODULE|FLASK_ENV|ASPNETCORE_ENVIRONMENT|DOTNET_ENVIRONMENT|TZ|LANG|LC_ALL)$/;

function settingsOf(dockerfile: Dockerfile): Texts {
  return new Map(
    builtInstructions(dockerfile).flatMap((instruction) =>
      (instruction.keyword === 'ENV' ? readEnv(instruction) : [])
        .filter(([name, value]) => settings.test(name) && !value.includes('$'))
        .map(([name, text]) => [name, { text, instruction }] as const),
    ),
  );
}
