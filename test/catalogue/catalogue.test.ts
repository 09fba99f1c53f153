import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deliveryFaults, fluxFaults } from './delivery-faults.ts';
import type { Fault } from './fault.ts';
import { jobFaults } from './job-faults.ts';
import { serviceFaults } from './service-faults.ts';
import { cleanRepository, type Files, findRules } from './tree.ts';
import { treeFaults } from './tree-faults.ts';
import { waitFaults } from './wait-faults.ts';

/** The same repository, applied by Flux. */
function withFlux(): Files {
  const files = cleanRepository();
  files.set('clusters/production.yaml', readFileSync(join(import.meta.dirname, 'flux/production.yaml'), 'utf8'));
  files.set(
    'databases/settings.yaml',
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: cluster-settings\n  namespace: flux-system\ndata:\n  REGION: eu\n',
  );
  return files;
}

const groups: readonly (readonly [string, () => Files, readonly Fault[]])[] = [
  ['Job', cleanRepository, jobFaults],
  ['wait', cleanRepository, waitFaults],
  ['service', cleanRepository, serviceFaults],
  ['tree', cleanRepository, treeFaults],
  ['delivery', cleanRepository, deliveryFaults],
  ['Flux', withFlux, fluxFaults],
];

test.each(groups)('nothing is wrong in the repository that the faults of the group %s are made in', async (_, make) => {
  expect(await findRules(make())).toEqual([]);
});

describe.each(groups)('%s', (_, make, faults) => {
  test.each(faults)('$rule: $title', async ({ rule, also = [], options, apply }) => {
    const files = make();
    apply(files);
    expect(await findRules(files, options)).toEqual([...new Set([rule, ...also])].sort());
  });
});

test('there are enough faults', () => {
  expect(groups.flatMap(([, , faults]) => faults).length).toBeGreaterThanOrEqual(120);
});
