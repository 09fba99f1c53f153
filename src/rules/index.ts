import type { Rule } from '../lint/rule.ts';
import { envSourceMatch } from './env-source-match.ts';
import { fluxDependsOn } from './flux-depends-on.ts';
import { fluxPruneJob } from './flux-prune-job.ts';
import { fluxSubstituteMissing } from './flux-substitute-missing.ts';
import { fluxTtlInterval } from './flux-ttl-interval.ts';
import { jobBackoffLimit } from './job-backoff-limit.ts';
import { jobForce } from './job-force.ts';
import { jobNameVersion } from './job-name-version.ts';
import { replacementDialect } from './replacement-dialect.ts';
import { replacementMultiMatch } from './replacement-multi-match.ts';
import { replacementNoTarget } from './replacement-no-target.ts';
import { replacementSegment } from './replacement-segment.ts';
import { resourceOrder } from './resource-order.ts';
import { variableUnresolved } from './variable-unresolved.ts';
import { waitJobMatch } from './wait-job-match.ts';
import { waitRbac } from './wait-rbac.ts';

export { engineRules } from './engine-rules.ts';

/** Every rule that checks releases, sorted by id. */
export const rules: readonly Rule[] = [
  envSourceMatch,
  fluxDependsOn,
  fluxPruneJob,
  fluxSubstituteMissing,
  fluxTtlInterval,
  jobBackoffLimit,
  jobForce,
  jobNameVersion,
  replacementDialect,
  replacementMultiMatch,
  replacementNoTarget,
  replacementSegment,
  resourceOrder,
  variableUnresolved,
  waitJobMatch,
  waitRbac,
];
