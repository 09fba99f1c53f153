import type { Container } from '../../objects/workload.ts';
import { mentionsMigration } from '../tools/migration-names.ts';

/** Whether a variable such as `MIGRATE_ONLY=true` or `SPRING_PROFILES_ACTIVE=migrate` makes the program migrate. */
export function isToldToMigrate(container: Container): boolean {
  return literals(container).some(([name, value]) => mentionsMigration(name) || mentionsMigration(value));
}

/** Whether a variable that chooses what a program does has another value than in another container: `ROLE=schema`. */
export function isToldOtherwise(container: Container, other: Container): boolean {
  const theirs = new Map(literals(other));
  return literals(container).some(([name, value]) => modeName.test(name) && theirs.get(name) !== value);
}

/** Names of variables that choose what a program does. */
const modeName =
  /(^|_)(MODE|ROLE|COMMAND|CMD|TASK|ACTION|PROCESS|PROCESS_TYPE|PROFILES?|PROFILES_ACTIVE|WEB_APPLICATION_TYPE)$/;

function literals({ env }: Container): [name: string, value: string][] {
  return env.map(({ name, source }) => [name, source.kind === 'literal' ? (source.value.value ?? '') : '']);
}
