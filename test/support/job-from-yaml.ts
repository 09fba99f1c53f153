import type { RootModel } from '../../src/model/root-model.ts';
import type { Container, Job } from '../../src/objects/workload.ts';
import { firstOf } from './first-of.ts';
import { modelFromYaml } from './root-from-yaml.ts';

/** The parts of a manifest of a migration Job that differ between tests. */
export interface WrittenJob {
  readonly metadata?: string;
  readonly pod?: string;
  readonly containers?: string;
  readonly spec?: string;
  readonly more?: string;
}

/** A migration Job of these parts, in the model of the manifest. */
export function jobOf({
  metadata = '',
  pod = '',
  containers = '{name: migrate, image: shop}',
  spec = '',
  more = '',
}: WrittenJob): {
  model: RootModel;
  job: Job;
} {
  const model = modelFromYaml(`
apiVersion: batch/v1
kind: Job
metadata: {name: migrate, namespace: shop${metadata}}
spec:
  template:
    metadata: {${pod}}
    spec:
      containers: [${containers}]
      ${spec}
${more}`);
  const job = firstOf(model.jobs);
  return { model, job };
}

/** The container of such a Job with these fields. */
export function containerOf(fields: string): Container {
  const container = firstOf(jobOf({ containers: `{name: migrate, ${fields}}` }).job.pod.containers);
  return container;
}
