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
}

/** The one setting that most tools and services read. */
export const databaseUrl = { DATABASE_URL: 'postgres://USER:PASSWORD@HOST:5432/DATABASE' } as const;
