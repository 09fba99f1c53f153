import type { Span } from '../source/span.ts';

/** A call of a script of a package.json or composer.json: `npm run db:migrate`. */
export interface ScriptCall {
  readonly manager: 'npm' | 'yarn' | 'pnpm' | 'bun' | 'composer';
  readonly name: string;
  /** Words that are appended to the script's own. */
  readonly rest: readonly string[];
  /** The package or folder that the call names: `-w api`, `--filter api`, `yarn workspace api`, `--prefix apps/api`. */
  readonly workspace: string | undefined;
}

/** A script of a package.json, or one that a container mounts. */
export interface PackageScript {
  /** How it is called, for messages: `npm run db:migrate`. */
  readonly call: string;
  readonly text: string;
  /** Where it is written. */
  readonly at: Span;
}

/** Finds the script that a call means in a container with this image; undefined if that is not certain. */
export type FindScript = (call: ScriptCall, image: string) => PackageScript | undefined;
