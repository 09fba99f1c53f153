import { parseImage, shortRepository } from '../../objects/image.ts';
import type { Instruction, Recipe } from './dockerfile.ts';
import { builtInstructions, builtStages } from './stages.ts';

/** The user that an image's containers run as, unless the pod says otherwise. */
export interface ImageUser {
  /** A name or a number, without the group. */
  readonly user: string;
  /** The `USER` that sets it; or the `FROM` of a base image that is known to run as root. */
  readonly setBy: Instruction;
}

/** The user of the image that a Dockerfile builds; undefined if a variable or an unknown base image decides. */
export function findImageUser(dockerfile: Recipe): ImageUser | undefined {
  const instruction = builtInstructions(dockerfile).findLast(({ keyword }) => keyword === 'USER');
  if (instruction !== undefined) {
    const user = /^["']?([\w.-]+)/.exec(instruction.text)?.[1];
    return user === undefined ? undefined : { user, setBy: instruction };
  }
  const [first] = builtStages(dockerfile);
  return first !== undefined && runsAsRoot(first.base) ? { user: 'root', setBy: first.from } : undefined;
}

/** Whether a base image is one of Docker's own that sets no user. */
function runsAsRoot(base: string): boolean {
  return rootImages.has(shortRepository(parseImage(base).repository));
}

const rootImages: ReadonlySet<string> = new Set(
  'alpine amazoncorretto debian eclipse-temurin elixir golang node php python ruby rust ubuntu'.split(' '),
);
