import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { Unlisted } from '../model/unlisted.ts';
import type { FindScript } from '../objects/package-script.ts';
import { noteReads, type Sources } from '../source/files/note-reads.ts';
import type { Delivery } from './delivery.ts';
import { scriptFinder } from './packages/package-scripts.ts';
import { deliveryReader } from './read-delivery.ts';
import { deployTextsReader, type ReadDeployTexts } from './scripts/find-deploy-scripts.ts';
import { readUnlisted } from './unlisted-objects.ts';

/**
 * Reads the files around the trees that matter for their models: pipelines, Dockerfiles, scripts, and manifests that no
 * kustomization lists. Runs after edits of other files share one, so that these are read once.
 */
export class Around {
  /** Absolute paths of the files that were looked up. */
  readonly files = new Set<string>();
  /** The texts of a repository that may deploy it, by its top. */
  readonly deployTexts: ReadDeployTexts;
  readonly delivery: (folder: string) => Delivery | undefined;
  readonly scripts: (folder: string) => FindScript;
  readonly unlisted: (root: BuiltRoot) => Unlisted;
  #sources: Sources;

  constructor(sources: Sources) {
    this.#sources = sources;
    const noted = noteReads(() => this.#sources, this.files);
    this.deployTexts = deployTextsReader(noted);
    this.delivery = deliveryReader(noted, this.deployTexts);
    this.scripts = scriptFinder(noted);
    this.unlisted = (root) => readUnlisted(root, noted);
  }

  /** Continues in a run in which none of these files has changed. */
  goOn(sources: Sources): this {
    this.#sources = sources;
    return this;
  }
}
