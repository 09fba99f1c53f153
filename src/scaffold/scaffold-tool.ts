/** A migration tool for a new service. */
export interface ScaffoldTool {
  /** The value of `--tool`. */
  readonly id: string;
  /** The name of the tool in src/model/migrations/migration-tools.ts. */
  readonly name: string;
  /**
   * The command of the migration Job. Kubernetes replaces `$(NAME)` in it with environment variables of the container, without
   * a shell and without the value in the manifest.
   */
  readonly command: readonly string[];
  /** The keys of the migration's Secret, each with an example value. */
  readonly secrets: Readonly<Record<string, string>>;
  /** The text of Dockerfile.migration, without CMD or ENTRYPOINT, because the Job sets the command. */
  readonly dockerfile: string;
  /** What the Dockerfile and the command expect in the service's folder. */
  readonly expects: readonly string[];
  /** Whether the migration's image contains the service's code, and so should have the same base image. */
  readonly containsService: boolean;
}

/** The one setting that most tools and services read, with the scheme that its libraries expect. */
export function databaseUrlFor(scheme: string): { readonly DATABASE_URL: string } {
  return { DATABASE_URL: `${scheme}://USER:PASSWORD@HOST:5432/DATABASE` };
}

export const databaseUrl = databaseUrlFor('postgres');
