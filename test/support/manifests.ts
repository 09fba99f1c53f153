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
