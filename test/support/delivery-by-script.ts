import type { Delivery } from '../../src/delivery/delivery.ts';
import { readSteps } from './read-steps.ts';

/**
 * What is around a tree in a repository with a `package.json` and one script.
 * @param isDocument whether people type the script, as a document asks them to
 */
export function deliveryByScript(script: string, isDocument = false): Delivery {
  const steps = readSteps([script], (path) => path === 'package.json');
  return {
    top: '/',
    pipelineFiles: new Set(),
    unread: [],
    jobs: [],
    builds: [],
    pushedBuilds: () => new Set(),
    buildsUnseen: () => false,
    edits: [],
    writeBacks: [],
    pushes: [],
    dockerfiles: [],
    holdsFolder: () => false,
    hasFleet: false,
    deploySteps: () => (isDocument ? readSteps([]) : steps),
    documents: () => (isDocument ? [{ path: '/README.md', isReadme: true, steps, named: [], leavesOpen: true }] : []),
    stepsByHand: () => steps,
  };
}
