import { describe, expect, test } from 'vitest';
import type { LintOptions } from '../../src/lint-options.ts';
import { rules } from '../../src/rules/index.ts';
import { argoFaults, fluxPatchFaults, kubectlFaults, strictFaults, substitutionFaults } from './applier-faults.ts';
import { azureFaults, deliveryFaults, fluxFaults, imageAutomationFaults } from './delivery-faults.ts';
import type { Fault } from './fault.ts';
import { jobFaults } from './job-faults.ts';
import {
  appliedByArgo,
  appliedByKubectl,
  withAzure,
  withFlux,
  withFluxThatKeepsJobs,
  withGenerators,
  withImageAutomation,
  withKubectlWait,
  withSchemaWaiter,
  withSubstitution,
  withWaitForMulti,
} from './repositories.ts';
import { generatorFaults, serviceFaults } from './service-faults.ts';
import { toolFaults } from './tool-faults.ts';
import { cleanRepository, type Files, findRules } from './tree.ts';
import { treeFaults } from './tree-faults.ts';
import { waitFaults } from './wait-faults.ts';
import { kubectlWaitFaults, schemaWaiterFaults, waitForMultiFaults } from './waiter-faults.ts';

interface Group {
  readonly name: string;
  readonly make: () => Files;
  readonly options?: LintOptions;
  readonly faults: readonly Fault[];
}

const groups: readonly Group[] = [
  { name: 'Job', make: cleanRepository, faults: jobFaults },
  { name: 'wait', make: cleanRepository, faults: waitFaults },
  { name: 'service', make: cleanRepository, faults: serviceFaults },
  { name: 'tools', make: cleanRepository, faults: toolFaults },
  { name: 'tree', make: cleanRepository, faults: treeFaults },
  { name: 'delivery', make: cleanRepository, faults: deliveryFaults },
  { name: 'Azure', make: withAzure, faults: azureFaults },
  { name: 'image automation', make: withImageAutomation, faults: imageAutomationFaults },
  { name: 'Flux', make: withFlux, faults: [...fluxFaults, ...fluxPatchFaults] },
  { name: 'Flux, strict', make: withFluxThatKeepsJobs, options: { preset: 'strict' }, faults: strictFaults },
  { name: 'substitution', make: withSubstitution, faults: substitutionFaults },
  { name: 'kubectl', make: appliedByKubectl, options: { applier: 'kubectl' }, faults: kubectlFaults },
  { name: 'Argo CD', make: appliedByArgo, faults: argoFaults },
  { name: 'kubectl wait', make: withKubectlWait, faults: kubectlWaitFaults },
  { name: 'k8s-wait-for-multi', make: withWaitForMulti, faults: waitForMultiFaults },
  { name: 'asking the schema', make: withSchemaWaiter, faults: schemaWaiterFaults },
  { name: 'generators', make: withGenerators, faults: generatorFaults },
];

test.each(groups)(
  'nothing is wrong in the repository that the faults of $name are made in',
  async ({ make, options }) => {
    expect(await findRules(make(), options)).toEqual([]);
  },
);

describe.each(groups)('$name', ({ make, options, faults }) => {
  test.each(faults)('$rule: $title', async ({ rule, also = [], apply }) => {
    const files = make();
    apply(files);
    expect(await findRules(files, options)).toEqual([...new Set([rule, ...also])].sort());
  });
});

test('there are enough faults, and some for each rule that looks at releases', () => {
  const faults = groups.flatMap((group) => group.faults);
  expect(faults.length).toBeGreaterThanOrEqual(250);
  const covered = new Set(faults.flatMap(({ rule, also = [] }) => [rule, ...also]));
  expect(rules.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
});
