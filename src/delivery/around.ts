import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { FindScript } from '../model/commands/package-script.ts';
import type { Unlisted } from '../model/unlisted.ts';
import { noteReads, type Sources } from '../source/note-reads.ts';
import type { Delivery } from './delivery.ts';
import { scriptFinder } from './packages/package-scripts.ts';
import { deliveryReader } from './read-delivery.ts';
import { readUnlisted } from './unlisted-objects.ts';

/**
 * What stands around the trees and bears on their models: pipelines, Dockerfiles, scripts, and files that they do not list. Runs that follow on edits of
 * other files have one in common, so that it is looked through once.
 */
export class Around {
  /** Absolute paths of the files that were asked for. */
  readonly files = new Set<string>();
  readonly delivery: (folder: string) => Delivery | undefined;
  readonly scripts: (folder: string) => FindScript;
  readonly unlisted: (root: BuiltRoot) => Unlisted;
  #sources: Sources;

  constructor(sources: Sources) {
    this.#sources = sources;
    const noted = noteReads(() => this.#sources, this.files);
    this.delivery = deliveryReader(noted);
    this.scripts = scriptFinder(noted);
    this.unlisted = (root) => readUnlisted(root, noted);
  }

  /** Goes on in a run in which there are the same files, and those that were asked for are as they were. */
  goOn(sources: Sources): this {
    this.#sources = sources;
    return this;
  }
}
