import { posix } from 'node:path';
import type { Dockerfile, Instruction } from '../delivery/delivery.ts';
import type { Rule } from '../lint/rule.ts';
import { parseImage } from '../model/image.ts';

/** A migration's image on another base than the service's. */
export const dockerfileDrift: Rule = {
  id: 'dockerfile-drift',
  severity: 'warning',
  category: 'delivery',
  docs: {
    summary: "The Dockerfile of the migration starts from another version than the service's",
    symptom:
      'The migration fails with a missing engine, library or module, or generates another client, though the same commit runs well in the service.',
    why: 'The two Dockerfiles start as copies and are changed one at a time. Where both use the same base image in different versions, the migration runs on another Node or Python, and other system libraries, than what was tested. The rule compares a Dockerfile whose name speaks of a migration with the `Dockerfile` beside it: the versions of the base images that both have. What else differs, such as fewer files or packages, may well be meant.',
    fix: 'Use one version for both, or build both images from one Dockerfile with two targets (`--target migration`).',
    links: ['https://docs.docker.com/build/building/multi-stage/'],
    since: '0.1.0',
  },
  check({ delivery, migrations }, report) {
    if (delivery === undefined || migrations.length === 0) return;
    for (const dockerfile of delivery.dockerfiles.filter(({ forMigration }) => forMigration)) {
      const folder = posix.dirname(dockerfile.file.path);
      const service = delivery.dockerfiles.find(({ file }) => file.path === posix.join(folder, 'Dockerfile'));
      const drift = service && findDrift(dockerfile, service);
      if (drift === undefined) continue;
      report({
        message: `The migration's image starts from \`${drift.own.image}\`, and the service's from \`${drift.other.image}\`: the migration runs on another version than what it is for.`,
        at: drift.own.instruction.at,
        related: [{ at: drift.other.instruction.at, note: "the service's image starts here" }],
        hint: `Start from \`${drift.other.image}\`.`,
      });
    }
  },
};

interface Base {
  readonly instruction: Instruction;
  readonly image: string;
}

/** A base image that both have, in versions of which none is common. */
function findDrift(own: Dockerfile, other: Dockerfile): { own: Base; other: Base } | undefined {
  const theirs = basesOf(other);
  for (const base of basesOf(own)) {
    const same = theirs.filter(({ image }) => parseImage(image).repository === parseImage(base.image).repository);
    const [first] = same;
    if (first !== undefined && !same.some(({ image }) => image === base.image)) return { own: base, other: first };
  }
  return undefined;
}

function basesOf({ instructions }: Dockerfile): Base[] {
  return instructions
    .filter(({ keyword }) => keyword === 'FROM')
    .flatMap((instruction) => {
      const image = instruction.text.split(' ').find((word) => !word.startsWith('--'));
      return image === undefined || image.includes('$') ? [] : [{ instruction, image }];
    });
}
