import { type Fault, fault, faults } from './fault.ts';
import type { Waiter } from './waiters.ts';

const name = 'shop-migration-v1.4.0';

const unfilled: Fault = {
  ...fault('a variable that nothing fills', 'service', name, '‹wait-job-match›shop-migration-$(TAG)'),
  isVersion: true,
};

/** What can be wrong with what a waiter asks for. */
export function waitFaults(waiter: Waiter): Fault[] {
  const stale = waiter.takesPrefix ? 'wait-job-prefix' : 'wait-job-match';
  return [
    { ...fault('an older version', 'service', name, '‹wait-job-match›shop-migration-v1.3.0'), isVersion: true },
    { ...fault('only the beginning', 'service', name, `‹${stale}›shop-migration`), isVersion: true },
    { ...fault('the bare version', 'service', name, '‹wait-job-match›v1.4.0'), isVersion: true },
    fault("another service's Job", 'service', name, '‹wait-job-match›orders-migration-v1.4.0'),
    // In a shell `$(…)` is a command, whose outcome nobody knows.
    ...(waiter.text.includes('- |') ? [] : [unfilled]),
    fault('a slip of the pen', 'service', name, '‹wait-job-match›shop-migraton-v1.4.0'),
  ];
}

/** What can be wrong whatever waits. */
export const holdFaults: readonly Fault[] = [
  faults(
    'nothing that waits',
    ['service', /metadata:\n {2}name: shop\n/, 'metadata:\n  name: ‹wait-missing›shop\n'],
    ['service', / {6}initContainers:\n[\s\S]*? {6}containers:/, '      containers:'],
  ),
  fault('a Job that is gone at once', 'job', 'Finished: 86400', 'Finished: ‹job-ttl›0'),
];

/** A Job in another namespace than the service, which asks for it in its own. */
export const namespaceFault = faults(
  'a Job in another namespace',
  ['job', 'metadata:\n', 'metadata:\n  namespace: jobs\n'],
  ['service', 'metadata:\n  name: shop\n', 'metadata:\n  name: shop\n  namespace: web\n'],
  ['service', name, `‹wait-namespace›${name}`],
  ['account', 'metadata:\n', 'metadata:\n  namespace: web\n'],
  ['role', 'metadata:\n', 'metadata:\n  namespace: web\n'],
  ['binding', 'metadata:\n', 'metadata:\n  namespace: web\n'],
  [
    'settings',
    'metadata:\n',
    'metadata:\n  annotations: {reflector.v1.k8s.emberstack.com/reflection-allowed: "true"}\n',
  ],
);
