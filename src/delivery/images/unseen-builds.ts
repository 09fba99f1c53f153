import type { SourceFile } from '../../source/source-file.ts';
import { type CiJob, type Command, filesOf } from '../pipelines/ci-job.ts';
import { programOf } from '../pipelines/commands.ts';
import { isRegistryBuild } from './image-pushes.ts';

/** Programs that may build images from a file or script that is not read. */
const builders =
  /^(make|just|task|rake|skaffold|earthly|nix|bazel|dagger|tilt|ko|pack|mage|jib|mvnw?|gradlew?|npm|npx|yarn|pnpm|nx|turbo|sbt|lein|mix|dotnet|python3?|ruby|node|sh|bash|gcloud|az|aws|ssh|.*\.(sh|py|js|rb))$/;

/** Actions that build no images, and `docker/build-push-action`, whose inputs are read. */
const knownActions =
  /^(actions\/|docker\/(build-push|login|setup-buildx|setup-qemu|metadata)-action$|stefanzweifel\/git-auto-commit-action$|EndBug\/add-and-commit$|ad-m\/github-push-action$|aws-actions\/(configure-aws-credentials|amazon-ecr-login)$|google-github-actions\/(auth|setup-gcloud)$|azure\/(login|docker-login)$|mikefarah\/yq$|fluxcd\/flux2\/action$)/;

/** Whether these jobs, or jobs that their files include from other repositories, may build images that are not known. */
export function mayBuildUnseen(jobs: readonly CiJob[]): boolean {
  // What Azure and Jenkins take from elsewhere is a step that is not known.
  const files = new Set(jobs.filter(({ system }) => /^git/.test(system)).flatMap(filesOf));
  return jobs.some(mayBuildUnknown) || [...files].some(takesJobsFromElsewhere);
}

/** Whether a job may build images that its commands and steps do not show. */
function mayBuildUnknown({ commands, actions }: CiJob): boolean {
  const byCommand = commands.some((command) => {
    const isBake = programOf(command) === 'docker' && command.words.some((word) => /^(compose|bake)$/.test(word));
    return isBake || (builders.test(programOf(command)) && !isRegistryBuild(command) && !isLogin(command));
  });
  return byCommand || actions.some(({ action }) => !knownActions.test(action));
}

/** `az login` and the like. */
function isLogin({ words }: Command): boolean {
  return words[0] === 'az' && /^(login|account|acr login|aks get-credentials)\b/.test(words.slice(1).join(' '));
}

/** Whether a pipeline includes or starts something from another repository. */
export function takesJobsFromElsewhere({ text }: SourceFile): boolean {
  return /^[ \t]*(- )?(project|remote|template|component|trigger):|^[ \t]*uses:.*\.ya?ml@/m.test(text);
}
