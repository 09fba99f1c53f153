import type { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';
import type { Packages } from '../packages/packages.ts';

/** The instructions that an image is built from. */
export interface Recipe {
  readonly instructions: readonly Instruction[];
  /** The stage that is built, if it is known and not the last. */
  readonly target: string | undefined;
}

/** A Dockerfile, with the stage that the pipelines agree on. */
export interface Dockerfile extends Recipe {
  readonly file: SourceFile;
  /** Whether it builds the migration's image, by its name or by the pipeline's name for the image. */
  readonly forMigration: boolean;
  /** The images that the pipelines build from it. */
  readonly images: readonly BuiltImage[];
  /** The script of the repository that its `ENTRYPOINT` starts. */
  readonly entryScript: SourceFile | undefined;
  /** The package.json of the build context, or of the nearest folder above it. */
  readonly packages: Packages | undefined;
  /** Reads a file of the build context, by its path there. */
  readonly read: (path: string) => SourceFile | undefined;
  /** The folders of the repository that it copies; read on first use. */
  readonly copied: () => readonly CopiedFolder[];
}

/** A folder of the repository that a Dockerfile copies into its image, or one directly below it. */
export interface CopiedFolder {
  /** The path from the top of the repository. */
  readonly name: string;
  readonly files: readonly string[];
  /** Reads one of its files. */
  read(file: string): SourceFile | undefined;
}

/** An image that a pipeline builds from a Dockerfile. */
export interface BuiltImage {
  /** The last part of its reference. */
  readonly name: string;
  /** Whether it is a migration's, by its own name, its Dockerfile's or its stage's. */
  readonly forMigration: boolean;
  /** The stage that is built, if it is not the last. */
  readonly target: string | undefined;
}

/** One instruction, with its continuation lines joined. */
export interface Instruction {
  /** In upper case: `FROM`, `RUN`. */
  readonly keyword: string;
  readonly text: string;
  readonly at: Span;
}
