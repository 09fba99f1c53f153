/** A migration tool that a new service can start with. */
export interface ScaffoldTool {
  /** What `--tool` takes. */
  readonly id: string;
  /** The name that the tool has in src/model/migration-tools.ts. */
  readonly name: string;
  /**
   * What the migration Job runs. Kubernetes fills `$(NAME)` in it from the environment of the container, without a
   * shell and without the value standing in the manifest.
   */
  readonly command: readonly string[];
  /** The keys of the Secret that the migration reads, each with a value such as it could have. */
  readonly secrets: Readonly<Record<string, string>>;
  /** The text of Dockerfile.migration. It names no CMD and no ENTRYPOINT: the Job states what is run. */
  readonly dockerfile: string;
  /** What the Dockerfile and the command count on in the service's folder. */
  readonly expects: readonly string[];
}

/** The one setting that most tools and services read. */
export const databaseUrl = { DATABASE_URL: 'postgres://USER:PASSWORD@HOST:5432/DATABASE' } as const;
