import type { NewService } from '../new-service.ts';

/** The Deployment. Its init container holds every pod back until the migration of the same version is done. */
export const deployment = ({ name, image, port }: NewService): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels:
    app.kubernetes.io/name: ${name}
    app.kubernetes.io/component: service
spec:
  replicas: 2
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
      app.kubernetes.io/component: service
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
        app.kubernetes.io/component: service
    spec:
      serviceAccountName: ${name}
      initContainers:
        # Waits until the migration Job of this version has succeeded, even if it does not exist yet or has failed before.
        - name: wait-for-migration
          image: groundnuty/k8s-wait-for:v2.0
          args:
            - job-wr
            - ${name}-migration-TAG
      containers:
        - name: service
          image: ${image}:TAG
          ports:
            - name: http
              containerPort: ${port}
          readinessProbe:
            tcpSocket:
              port: http
          envFrom:
${settings(name)}`;

/** The Service in front of the Deployment. It selects no pods of the migration. */
export const service = ({ name }: NewService): string => `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  labels:
    app.kubernetes.io/name: ${name}
spec:
  selector:
    app.kubernetes.io/name: ${name}
    app.kubernetes.io/component: service
  ports:
    - name: http
      port: 80
      targetPort: http
`;

/** The Job: one per version, run once, with the settings of the service. */
export const migrationJob = ({ name, image, tool }: NewService): string => `apiVersion: batch/v1
kind: Job
metadata:
  name: ${name}-migration-TAG
  labels:
    app.kubernetes.io/name: ${name}
    app.kubernetes.io/component: migration
  annotations:
    # A Job is immutable: if the same version is applied with other settings, Flux has to recreate it.
    kustomize.toolkit.fluxcd.io/force: Enabled
    # Pods of the running version wait for its Job when they restart, so Flux must not delete it with the next release.
    kustomize.toolkit.fluxcd.io/prune: disabled
spec:
  backoffLimit: 0 # look at a failed migration before running it again
  activeDeadlineSeconds: 1800
  ttlSecondsAfterFinished: 604800 # a week
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
        app.kubernetes.io/component: migration
    spec:
      restartPolicy: Never
      serviceAccountName: ${name}
      containers:
        - name: migrate
          image: ${image}-migration:TAG
          command: ${list(tool.command)}
          envFrom: # the same as the service's
${settings(name)}`;

/** The settings of both the service and its migration. */
const settings = (name: string): string => `            - configMapRef:
                name: ${name}-config
            - secretRef:
                name: ${name}-database
`;

function list(words: readonly string[]): string {
  return `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
}
