import type { SourceFile } from '../../source/source-file.ts';
import type { CiJob } from '../delivery.ts';
import { programOf } from './commands.ts';

/** Programs that may build images by a file or script that is not read. */
const builders =
  /^(make|just|task|rake|skaffold|earthly|nix|bazel|dagger|tilt|ko|pack|mage|jib|mvnw?|gradlew?|npm|npx|yarn|pnpm|nx|turbo|sbt|lein|mix|dotnet|python3?|ruby|node|sh|bash|gcloud|az|aws|ssh|.*\.(sh|py|js|rb))$/;

/** Actions that build no image but what `docker/build-push-action` is told, which is read. */
const knownActions =
  /^(actions\/|docker\/(build-push|login|setup-buildx|setup-qemu|metadata)-action$|stefanzweifel\/git-auto-commit-action$|EndBug\/add-and-commit$|ad-m\/github-push-action$|aws-actions\/(configure-aws-credentials|amazon-ecr-login)$|google-github-actions\/(auth|setup-gcloud)$|azure\/(login|docker-login)$|mikefarah\/yq$|fluxcd\/flux2\/action$)/;

/** Whether some of these jobs, or jobs of another repository that their files bring in, may build images that cannot be seen. */
export function mayBuildUnseen(jobs: readonly CiJob[], files: ReadonlySet<SourceFile>): boolean {
  return jobs.some(buildsInItsOwnWay) || [...files].some(takesJobsFromElsewhere);
}

/** Whether a job may build images that cannot be read off its commands and steps. */
function buildsInItsOwnWay({ commands, actions }: CiJob): boolean {
  const byCommand = commands.some((command) => {
    const isBake = programOf(command) === 'docker' && command.words.some((word) => /^(compose|bake)$/.test(word));
    return isBake || builders.test(programOf(command));
  });
  return byCommand || actions.some(({ action }) => !knownActions.test(action));
}

/** Whether a pipeline includes or starts what lies in another repository. */
export function takesJobsFromElsewhere({ text }: SourceFile): boolean {
  return /^[ \t]*(- )?(project|remote|template|component|trigger):|^[ \t]*uses:.*\.ya?ml@/m.test(text);
}
