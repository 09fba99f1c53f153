import type { DeploySteps } from '../../src/delivery/scripts/deploy-steps.ts';
import { readDeploySteps } from '../../src/delivery/scripts/read-deploy-steps.ts';

/** The steps of scripts with these texts. */
export function readSteps(texts: readonly string[], holds?: (path: string) => boolean): DeploySteps {
  return readDeploySteps(
    texts.map((text, index) => ({ path: `/repo/${index}.sh`, text })),
    holds,
  );
}

/** Whether a script hands manifests to kubectl, or only what kustomize builds. */
export function handsOver(steps: DeploySteps, wanted?: 'build'): boolean {
  return steps.handOvers.some(({ what }) => wanted === undefined || what === wanted);
}
