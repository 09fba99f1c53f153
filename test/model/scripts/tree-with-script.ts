import type { Applier } from '../../../src/config/config.ts';
import type { RootModel } from '../../../src/model/root-model.ts';
import type { Job } from '../../../src/objects/workload.ts';
import { deliveryByScript } from '../../support/delivery-by-script.ts';
import { firstOf } from '../../support/first-of.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

/** A tree with a migration Job, in a repository whose only script is this. */
export function treeWith(
  script: string | undefined,
  {
    applier,
    above = '',
    isDocument = false,
    namespace = '',
    labels = '',
    podLabels = '',
  }: {
    applier?: Applier;
    above?: string;
    isDocument?: boolean;
    namespace?: string;
    labels?: string;
    podLabels?: string;
  } = {},
): { model: RootModel; job: Job } {
  const delivery = script === undefined ? undefined : deliveryByScript(script, isDocument);
  const model = modelFromYaml(
    `${above}
apiVersion: batch/v1
kind: Job
metadata: {name: shop-migration${namespace && `, namespace: ${namespace}`}, labels: {${labels}}}
spec: {template: {metadata: {labels: {${podLabels}}}, spec: {restartPolicy: Never, containers: [{name: main, image: "registry/web/shop:v1", command: [npx, prisma, migrate, deploy]}]}}}
`,
    { delivery: () => delivery, ...(applier && { applier }) },
  );
  const job = firstOf(model.jobs);
  return { model, job };
}
