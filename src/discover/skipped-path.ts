/** A path that was not linted, or about which there is something to say. */
export interface SkippedPath {
  readonly path: string;
  /** A clause that follows the path: `is a Component that nothing here includes`. */
  readonly why: string;
  /** Whether the user named this very path, so that skipping it is always reported. */
  readonly named: boolean;
  /** Whether it affects what was found, so that the text report always mentions it. */
  readonly bears?: true;
}
