import { findDifferences } from '../delivery/dockerfiles/dockerfile-differences.ts';
import { findServiceDockerfile, migrationDockerfiles } from '../delivery/dockerfiles/migration-dockerfiles.ts';
import type { Rule } from '../lint/rule.ts';

/** A migration image that is built differently from the service's. */
export const dockerfileDrift: Rule = {
  id: 'dockerfile-drift',
  severity: 'warning',
  category: 'delivery',
  docs: {
    summary: "The Dockerfile of the migration differs from the service's in more than its command",
    symptom:
      'The migration fails with a missing engine, library or module, or generates another client, although the same commit runs well in the service.',
    why: 'The two Dockerfiles start as copies and are then changed one at a time. The migration ends up on another Node or Python, with other packages or in another environment than what was tested. The rule compares the Dockerfile of a migration with that of its service beside it: the versions of base images that both have, the package manager and whether it has the lock file, the versions that both name in an `ARG` or install, and settings such as `RAILS_ENV` and `TZ` that both set.\n\nNot reported:\n\n- other differences, such as fewer files, another user or no `devDependencies`, which may be intended',
    fix: 'Use one version for both, or build both images from one Dockerfile with two targets (`--target migration`).',
    links: ['https://docs.docker.com/build/building/multi-stage/'],
    since: '0.1.0',
  },
  check({ delivery, migrations }, report) {
    if (delivery === undefined) return;
    for (const dockerfile of migrationDockerfiles(delivery, migrations)) {
      const service = findServiceDockerfile(dockerfile, delivery.dockerfiles);
      if (service === undefined) continue;
      for (const { message, own, other, note, hint } of findDifferences(dockerfile, service)) {
        report({ message, at: own.at, related: [{ at: other.at, note }], hint });
      }
    }
  },
};
