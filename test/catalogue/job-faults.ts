import { type Fault, fieldFaults } from './fault.ts';

const pod = ['spec', 'template', 'spec'] as const;
const container = [...pod, 'containers', 0] as const;
const force = ['metadata', 'annotations', 'kustomize.toolkit.fluxcd.io/force'] as const;
const command = [...container, 'command'] as const;

/** What can be wrong with the migration Job. */
export const jobFaults: readonly Fault[] = [
  ...fieldFaults('job-backoff-limit', 'Job', ['spec', 'backoffLimit'], 6),
  ...fieldFaults('job-backoff-limit', 'Job', ['spec', 'backoffLimit'], 1),
  ...fieldFaults('job-backoff-limit', 'Job', ['spec', 'backoffLimit'], undefined),
  ...fieldFaults('value-unquoted', 'Job', ['spec', 'backoffLimit'], '0'),
  ...fieldFaults('job-restart-policy', 'Job', [...pod, 'restartPolicy'], undefined),
  ...fieldFaults('job-restart-policy', 'Job', [...pod, 'restartPolicy'], 'OnFailure'),
  ...fieldFaults('job-restart-policy', 'Job', [...pod, 'restartPolicy'], 'Always'),
  ...fieldFaults('job-parallelism', 'Job', ['spec', 'parallelism'], 2),
  ...fieldFaults('job-parallelism', 'Job', ['spec', 'completions'], 3),
  ...fieldFaults('job-parallelism', 'Job', ['spec', 'parallelism'], 0),
  ...fieldFaults('job-parallelism', 'Job', ['spec', 'suspend'], true),
  ...fieldFaults('job-ttl', 'Job', ['spec', 'ttlSecondsAfterFinished'], 0),
  ...fieldFaults('job-ttl', 'Job', ['spec', 'ttlSecondsAfterFinished'], 10),
  ...fieldFaults('job-helm-hook', 'Job', ['metadata', 'annotations', 'helm.sh/hook'], 'pre-install,pre-upgrade'),
  ...fieldFaults('job-force', 'Job', force, 'true'),
  ...fieldFaults('job-force', 'Job', force, 'disabled'),
  ...fieldFaults('job-force', 'Job', force, undefined),
  // A merge patch with `annotations: null` does nothing.
  ...fieldFaults('job-force', 'Job', ['metadata', 'annotations'], undefined, { not: ['by a merge patch'] }),
  ...fieldFaults('migration-command', 'Job', command, ['npx', 'prisma', 'migrate', 'dev']),
  ...fieldFaults('migration-command', 'Job', command, ['npx', 'prisma', 'migrate', 'reset', '--force']),
  ...fieldFaults('migration-command', 'Job', command, ['npx', 'prisma', 'db', 'push', '--accept-data-loss']),
  ...fieldFaults('migration-command', 'Job', command, ['npx', 'typeorm', 'schema:sync']),
  ...fieldFaults('migration-command', 'Job', command, ['php', 'artisan', 'migrate:fresh']),
  ...fieldFaults('job-command', 'Job', command, undefined),
  ...fieldFaults('job-sidecar', 'Job', ['spec', 'template', 'metadata', 'labels', 'sidecar.istio.io/inject'], 'true'),
  ...fieldFaults('job-sidecar', 'Job', [...pod, 'containers', 1], {
    name: 'cloud-sql-proxy',
    image: 'gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.11.0',
  }),
];
