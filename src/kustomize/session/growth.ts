import type { Node } from '../../source/node.ts';
import type { Span } from '../../source/span.ts';
import { BuildError } from '../problem.ts';
import { buildLimits } from './build-limits.ts';

/** What a key, value or list item counts for in addition to its text, in characters. */
const nodeSize = 64;

/**
 * Counts what the steps of one root's build add to its objects. A step that copies part of an object into the same
 * object can double it, and 40 such steps fill any memory. Exceeding `buildLimits.growth` is a BuildError.
 */
export class Growth {
  #added = 0;

  /**
   * Counts a value that is about to be inserted. Throws a BuildError if it nests too deeply.
   * @param depth how many collections will contain it
   * @param at the configuration that inserts it
   */
  addNode(value: Node, depth: number, at: Span): void {
    this.#added += nodeSize;
    if (value.kind === 'scalar') {
      this.addText(value.value.length, at);
      return;
    }
    if (depth >= buildLimits.nesting) {
      throw new BuildError(
        `this nests more than ${buildLimits.nesting} collections in one object, which migrate-lint does not support; nest them less deeply`,
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

  /** Counts the characters by which a text is about to grow; a negative number counts as zero. */
  addText(characters: number, at: Span): void {
    this.#added += Math.max(0, characters);
    if (this.#added <= buildLimits.growth) return;
    throw new BuildError(
      `this build adds more than ${buildLimits.growth / 1024 / 1024} MiB to its objects, which migrate-lint does not support; build it in parts`,
      at,
    );
  }
}
