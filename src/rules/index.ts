import type { Rule } from '../lint/rule.ts';
import { accountMissing } from './account-missing.ts';
import { ciArtifactPath } from './ci-artifact-path.ts';
import { ciImagePush } from './ci-image-push.ts';
import { ciImageVersion } from './ci-image-version.ts';
import { ciOrder } from './ci-order.ts';
import { ciSkip } from './ci-skip.ts';
import { ciVariablesFile } from './ci-variables-file.ts';
import { ciWait } from './ci-wait.ts';
import { databaseHost } from './database-host.ts';
import { databaseReadOnly } from './database-read-only.ts';
import { databaseWait } from './database-wait.ts';
import { dockerfileClient } from './dockerfile-client.ts';
import { dockerfileCommand } from './dockerfile-command.ts';
import { dockerfileDrift } from './dockerfile-drift.ts';
import { dockerfileTarget } from './dockerfile-target.ts';
import { envSourceMatch } from './env-source-match.ts';
import { envSourceMissing } from './env-source-missing.ts';
import { fieldRefused } from './field-refused.ts';
import { fieldRepeated } from './field-repeated.ts';
import { fieldType } from './field-type.ts';
import { fieldUnknown } from './field-unknown.ts';
import { fieldValue } from './field-value.ts';
import { fileNotMounted } from './file-not-mounted.ts';
import { fluxDecryption } from './flux-decryption.ts';
import { fluxDependsOn } from './flux-depends-on.ts';
import { fluxImagePolicy } from './flux-image-policy.ts';
import { fluxPruneJob } from './flux-prune-job.ts';
import { fluxSubstituteMissing } from './flux-substitute-missing.ts';
import { fluxTtlInterval } from './flux-ttl-interval.ts';
import { imageName } from './image-name.ts';
import { imageNoMatch } from './image-no-match.ts';
import { imagePullSecret } from './image-pull-secret.ts';
import { imageTagMutable } from './image-tag-mutable.ts';
import { imageUser } from './image-user.ts';
import { imageVersionMatch } from './image-version-match.ts';
import { jobBackoffLimit } from './job-backoff-limit.ts';
import { jobBudget } from './job-budget.ts';
import { jobCommand } from './job-command.ts';
import { jobDeadline } from './job-deadline.ts';
import { jobForce } from './job-force.ts';
import { jobGenerateName } from './job-generate-name.ts';
import { jobHelmHook } from './job-helm-hook.ts';
import { jobNameValid } from './job-name-valid.ts';
import { jobNameVersion } from './job-name-version.ts';
import { jobParallelism } from './job-parallelism.ts';
import { jobPhase } from './job-phase.ts';
import { jobRestartPolicy } from './job-restart-policy.ts';
import { jobService } from './job-service.ts';
import { jobSidecar } from './job-sidecar.ts';
import { jobTtl } from './job-ttl.ts';
import { migrationCommand } from './migration-command.ts';
import { migrationFileConflict } from './migration-file-conflict.ts';
import { migrationFileMissing } from './migration-file-missing.ts';
import { migrationFileName } from './migration-file-name.ts';
import { networkPolicy } from './network-policy.ts';
import { patchNoTarget } from './patch-no-target.ts';
import { podSecurity } from './pod-security.ts';
import { proxyOrder } from './proxy-order.ts';
import { replacementDialect } from './replacement-dialect.ts';
import { replacementMultiMatch } from './replacement-multi-match.ts';
import { replacementNoTarget } from './replacement-no-target.ts';
import { replacementSegment } from './replacement-segment.ts';
import { resourceOrder } from './resource-order.ts';
import { resourceQuota } from './resource-quota.ts';
import { scriptMode } from './script-mode.ts';
import { sealedScope } from './sealed-scope.ts';
import { secretEncoding } from './secret-encoding.ts';
import { selectorVersion } from './selector-version.ts';
import { serviceRunsMigration } from './service-runs-migration.ts';
import { settingLineBreak } from './setting-line-break.ts';
import { valueUnquoted } from './value-unquoted.ts';
import { variableUnresolved } from './variable-unresolved.ts';
import { waitDeadlock } from './wait-deadlock.ts';
import { waitImage } from './wait-image.ts';
import { waitJobMatch } from './wait-job-match.ts';
import { waitJobPrefix } from './wait-job-prefix.ts';
import { waitJobTtl } from './wait-job-ttl.ts';
import { waitMissing } from './wait-missing.ts';
import { waitMode } from './wait-mode.ts';
import { waitNamespace } from './wait-namespace.ts';
import { waitOrder } from './wait-order.ts';
import { waitRbac } from './wait-rbac.ts';
import { waitTimeout } from './wait-timeout.ts';

export { engineRules } from './engine-rules.ts';

/** Every rule that checks releases, sorted by id. */
export const rules: readonly Rule[] = [
  accountMissing,
  ciArtifactPath,
  ciImagePush,
  ciImageVersion,
  ciOrder,
  ciSkip,
  ciVariablesFile,
  ciWait,
  databaseHost,
  databaseReadOnly,
  databaseWait,
  dockerfileClient,
  dockerfileCommand,
  dockerfileDrift,
  dockerfileTarget,
  envSourceMatch,
  envSourceMissing,
  fieldRefused,
  fieldRepeated,
  fieldType,
  fieldUnknown,
  fieldValue,
  fileNotMounted,
  fluxDecryption,
  fluxDependsOn,
  fluxImagePolicy,
  fluxPruneJob,
  fluxSubstituteMissing,
  fluxTtlInterval,
  imageName,
  imageNoMatch,
  imagePullSecret,
  imageTagMutable,
  imageUser,
  imageVersionMatch,
  jobBackoffLimit,
  jobBudget,
  jobCommand,
  jobDeadline,
  jobForce,
  jobGenerateName,
  jobHelmHook,
  jobNameValid,
  jobNameVersion,
  jobParallelism,
  jobPhase,
  jobRestartPolicy,
  jobService,
  jobSidecar,
  jobTtl,
  migrationCommand,
  migrationFileConflict,
  migrationFileMissing,
  migrationFileName,
  networkPolicy,
  patchNoTarget,
  podSecurity,
  proxyOrder,
  replacementDialect,
  replacementMultiMatch,
  replacementNoTarget,
  replacementSegment,
  resourceOrder,
  resourceQuota,
  scriptMode,
  sealedScope,
  secretEncoding,
  selectorVersion,
  serviceRunsMigration,
  settingLineBreak,
  valueUnquoted,
  variableUnresolved,
  waitDeadlock,
  waitImage,
  waitJobMatch,
  waitJobPrefix,
  waitJobTtl,
  waitMissing,
  waitMode,
  waitNamespace,
  waitOrder,
  waitRbac,
  waitTimeout,
];
