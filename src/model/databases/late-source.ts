import { isMadeByScript } from '../appliers/deployment.ts';
import { settingThatRunsAhead } from '../appliers/recreation.ts';
import { type ConfigObject, findConfigObject } from '../objects/config-object.ts';
import { lastStep } from '../objects/place.ts';
import type { Present } from '../objects/view.ts';
import { allContainers, type Job } from '../objects/workload.ts';
import type { RootModel } from '../root-model.ts';
import { requiredReferences } from './missing-source.ts';

/** Settings of a Job that Argo CD applies only once the Job is done. */
export interface LateSources {
  /** The annotation that puts the Job ahead of them. */
  readonly setting: Present<string>;
  readonly sources: readonly ConfigObject[];
  /** Whether one of them has another name after each change. */
  readonly isHashed: boolean;
}

/** Finds the ConfigMaps and Secrets that a migration takes its environment from, and that the same sync brings too late. */
export function findLateSources(model: RootModel, { object: job, pod }: Job): LateSources | undefined {
  if (model.applier.kind !== 'argocd') return undefined;
  const found = allContainers(pod)
    .flatMap(requiredReferences)
    .flatMap(({ kind, object }) => findConfigObject(model.config, kind, object.value ?? '', job.namespace.value) ?? []);
  const sources = [...new Set(found)].filter(
    ({ name, object }) => settingThatRunsAhead(job, object) !== undefined && !isMadeByScript(model, name),
  );
  const setting = sources[0] && settingThatRunsAhead(job, sources[0].object);
  const isHashed = sources.some(({ object }) => lastStep(object.name.place, 'content hash') !== undefined);
  return setting && { setting, sources, isHashed };
}
