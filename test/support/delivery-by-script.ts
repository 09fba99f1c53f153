import type { Delivery } from '../../src/delivery/delivery.ts';
import { readDeploySteps } from '../../src/delivery/scripts/read-deploy-steps.ts';

/**
 * What is around a tree in a repository with a `package.json` and one script.
 * @param isDocument whether people type the script, as a document asks them to
 */
export function deliveryByScript(script: string, isDocument = false): Delivery {
  const steps = readDeploySteps([script], (path) => path === 'package.json');
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
    deploySteps: () => (isDocument ? readDeploySteps([], () => false) : steps),
    stepsByHand: () => steps,
  };
}
