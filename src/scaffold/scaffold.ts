import { environments, type NewService } from './new-service.ts';
import { rbac, serviceAccount } from './templates/access.ts';
import { githubWorkflow } from './templates/github.ts';
import { gitlabPipeline } from './templates/gitlab.ts';
import {
  baseKustomization,
  config,
  deploymentVariables,
  overlayConfig,
  overlayKustomization,
  versionComponent,
} from './templates/kustomizations.ts';
import { deployment, migrationJob, service as serviceObject } from './templates/workloads.ts';

/**
 * The files of a new service, by path relative to the top of the repository: the whole pattern, with a single place for the
 * version of each environment.
 */
export function scaffold(service: NewService): ReadonlyMap<string, string> {
  const own: [path: string, text: string][] = [
    ['k8s/base/config.yaml', config(service)],
    ['k8s/base/deployment.yaml', deployment(service)],
    ['k8s/base/kustomization.yaml', baseKustomization()],
    ['k8s/base/migration-job.yaml', migrationJob(service)],
    ['k8s/base/rbac.yaml', rbac(service)],
    ['k8s/base/service-account.yaml', serviceAccount(service)],
    ['k8s/base/service.yaml', serviceObject(service)],
    ['k8s/version/kustomization.yaml', versionComponent(service)],
    ...environments.flatMap((environment): [string, string][] => [
      [`k8s/overlays/${environment}/config.yaml`, overlayConfig(service, environment)],
      [`k8s/overlays/${environment}/deployment-variables.yaml`, deploymentVariables(service, environment)],
      [`k8s/overlays/${environment}/kustomization.yaml`, overlayKustomization(service, environment)],
    ]),
    ['Dockerfile.migration', `${dockerfileComment}${service.tool.dockerfile}`],
  ];
  const files = own.map(([path, text]): [string, string] => [`${service.folder}${path}`, text]);
  const pipeline = pipelineFile(service);
  return new Map(pipeline === undefined ? files : [...files, pipeline]);
}

const dockerfileComment = '# The migration image. It has no CMD or ENTRYPOINT, because the Job sets the command.\n';

/** The pipeline. GitHub reads workflows only at the top of the repository; GitLab can include a pipeline from anywhere. */
function pipelineFile(service: NewService): [path: string, text: string] | undefined {
  switch (service.pipeline) {
    case 'gitlab':
      return [`${service.folder}.gitlab-ci.yml`, gitlabPipeline(service)];
    case 'github':
      return [`.github/workflows/release-${service.name}.yml`, githubWorkflow(service)];
    case 'none':
      return undefined;
  }
}
