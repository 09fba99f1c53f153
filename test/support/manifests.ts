/**
 * A migration Job that retries a failed migration: job-backoff-limit finds an error in line 6, column 17. It runs a script,
 * because some tools may be retried without harm.
 */
export function retriedJob(name = 'shop-migration-v1', backoffLimit = 3, command = '[sh, -c, ./migrate.sh]'): string {
  return `apiVersion: batch/v1
kind: Job
metadata:
  name: ${name}
spec:
  backoffLimit: ${backoffLimit}
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: migrate
          image: registry.example.com/shop-migration:v1
          command: ${command}
`;
}

/** The parts of a manifest of a migration Job that differ between tests. */
export interface WrittenContainer {
  readonly name?: string;
  readonly image?: string;
  /** Further fields of the container; each line after the first needs the indentation of its fields. */
  readonly fields?: string;
  /** The items of `volumeMounts` and `volumes`. */
  readonly mounts?: string;
  readonly volumes?: string;
}

/** A migration Job with one container, which may mount something. */
export function migrationJob({
  name = 'migrate',
  image = 'shop:v1',
  fields = '',
  mounts = '',
  volumes = '',
}: WrittenContainer): string {
  return `apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: ${name}
          image: "${image}"
          ${fields}
          volumeMounts: [${mounts}]
      volumes: [${volumes}]
`;
}
