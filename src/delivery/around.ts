import type { FindScript } from '../model/package-script.ts';
import { noteReads, type Sources } from '../source/note-reads.ts';
import type { Delivery } from './delivery.ts';
import { scriptFinder } from './package-scripts.ts';
import { deliveryReader } from './read-delivery.ts';

/**
 * What stands around the trees and bears on their models: pipelines, Dockerfiles, scripts. Runs that follow on edits of
 * other files have one in common, so that it is looked through once.
 */
export class Around {
  /** Absolute paths of the files that were asked for. */
  readonly files = new Set<string>();
  readonly delivery: (folder: string) => Delivery | undefined;
  readonly scripts: (folder: string) => FindScript;
  #sources: Sources;

  constructor(sources: Sources) {
    this.#sources = sources;
    const noted = noteReads(() => this.#sources, this.files);
    this.delivery = deliveryReader(noted);
    this.scripts = scriptFinder(noted);
  }

  /** Goes on in a run in which there are the same files, and those that were asked for are as they were. */
  goOn(sources: Sources): this {
    this.#sources = sources;
    return this;
  }
}
