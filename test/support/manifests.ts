/**
 * A migration Job that tries a failed migration again: job-backoff-limit finds an error in line 6, column 17. That it is a
 * script keeps the rule from knowing a tool that may be tried again.
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
