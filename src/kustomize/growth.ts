import type { Node } from '../source/node.ts';
import type { Span } from '../source/span.ts';
import { buildLimits } from './build-limits.ts';
import { BuildError } from './problem.ts';

/** What a key, a value or a list item counts for besides its text, in characters. */
const nodeSize = 64;

/**
 * How much the steps of one root's build have added to its objects. A step that copies what an object holds into the same
 * object doubles it, and 40 such steps fill any memory: past a bound that no honest tree comes near they are a BuildError.
 */
export class Growth {
  #added = 0;

  /**
   * Counts a value that is about to be put somewhere.
   * @param depth how many collections will be around it
   * @param at what asks for it
   */
  addNode(value: Node, depth: number, at: Span): void {
    this.#added += nodeSize;
    if (value.kind === 'scalar') {
      this.addText(value.value.length, at);
      return;
    }
    if (depth >= buildLimits.nesting) {
      throw new BuildError(
        `with this more than ${buildLimits.nesting} collections are nested in one object, which migrate-lint does not follow; nest them less deeply`,
        at,
      );
    }
    if (value.kind === 'sequence') for (const item of value.items) this.addNode(item, depth + 1, at);
    else {
      for (const entry of value.entries) {
        this.addText(entry.key.value.length, at);
        this.addNode(entry.value, depth + 1, at);
      }
    }
  }

  /** Counts the characters by which a text is about to get longer; one that gets shorter counts for nothing. */
  addText(characters: number, at: Span): void {
    this.#added += Math.max(0, characters);
    if (this.#added <= buildLimits.growth) return;
    throw new BuildError(
      `with this the steps of this build add more than ${buildLimits.growth / 1024 / 1024} MiB to its objects, which migrate-lint does not follow; build it in parts`,
      at,
    );
  }
}
