import { containerViews } from '../../../objects/container-views.ts';
import type { View } from '../../../objects/view.ts';
import type { Workload } from '../../../objects/workload.ts';
import type { StandardObject } from '../standard-object.ts';
import { refusedBinding } from './refused-binding.ts';
import { missingImage, refusedContainers } from './refused-container.ts';
import { refusedConfigMap, refusedSecret } from './refused-data.ts';
import { refusedJob } from './refused-job.ts';
import { refusedRole } from './refused-role.ts';
import { refusedRollout } from './refused-rollout.ts';
import { jobSelector, refusedSelector } from './refused-selector.ts';
import { refusedService } from './refused-service.ts';

/** A field of an object that the API server refuses together with others. */
export interface RefusedField {
  /** What one would change. */
  readonly view: View;
  /** A clause that follows the object: ``has no `image` in container `main` ``. */
  readonly what: string;
  /** What to do, as a sentence. */
  readonly hint: string;
}

/**
 * What the API server refuses in an object although each value is one that its field takes, of the kind that patches, merged
 * lists and copied manifests bring about:
 * https://github.com/kubernetes/kubernetes/blob/v1.35.0/pkg/apis/core/validation/validation.go
 * @param isServerSide whether it is applied as Flux does it, which refuses more repeated items
 */
export function findRefusedFields(
  { type, view }: Pick<StandardObject, 'type' | 'view'>,
  isServerSide: boolean,
): RefusedField[] {
  switch (type) {
    case 'Job':
      return [...jobSelector(view.get('spec')), ...ofJob(view.get('spec'), isServerSide)];
    case 'CronJob':
      return ofJob(view.get('spec', 'jobTemplate', 'spec'), isServerSide);
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
      return ofService(view.get('spec'), type, isServerSide);
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      return refusedBinding(view, type);
    case 'Role':
    case 'ClusterRole':
      return refusedRole(view, type);
    case 'Service':
      return refusedService(view.get('spec'));
    case 'ConfigMap':
      return refusedConfigMap(view);
    case 'Secret':
      return refusedSecret(view);
    default:
      return [];
  }
}

/** Argo's Rollout is checked by its controller, of which only the missing image is known here. */
export function findRefusedInRollout({ object, pod }: Workload): RefusedField[] {
  if (object.kind !== 'Rollout') return [];
  const containers = containerViews(pod.view);
  return containers.flatMap((container) => missingImage(container, containers, true));
}

function ofService(
  spec: View,
  type: 'Deployment' | 'StatefulSet' | 'DaemonSet',
  isServerSide: boolean,
): RefusedField[] {
  return [
    ...refusedSelector(spec),
    ...refusedRollout(spec, type),
    ...refusedContainers(spec.get('template', 'spec'), spec.get('volumeClaimTemplates'), isServerSide),
  ];
}

function ofJob(spec: View, isServerSide: boolean): RefusedField[] {
  const pod = spec.get('template', 'spec');
  return [...refusedJob(spec), ...refusedContainers(pod, undefined, isServerSide)];
}
