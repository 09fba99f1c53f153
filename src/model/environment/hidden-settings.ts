import { argvOf } from '../../objects/argv.ts';
import type { Container } from '../../objects/workload.ts';
import { matchesInOrder } from '../../text/matches-in-order.ts';
import { clientPrograms } from '../databases/database-programs.ts';

/** Whether a container may get settings that its environment does not show: from files, its command line or a script. */
export function mayHaveHiddenSettings(container: Container): boolean {
  const words = argvOf(container).map(({ value }) => value);
  return (
    container.mountsConfig ||
    words.some((word) => writesAddress(word) || setsVariables(word)) ||
    namesServer(words.join(' '))
  );
}

/** Whether a database client is told its server on the command line: `psql -h postgres`. */
function namesServer(text: string): boolean {
  const commands = text.split(/[|;&\n]/);
  return commands.some((command) => matchesInOrder(command, databaseClient, /\s(-h|--host)[ =]*["']?\w/));
}

const databaseClient = new RegExp(`\\b(createdb|${[...clientPrograms].join('|')})\\b`);

/** Whether a text has a URL in it whose host and database are not variables of the container. */
function writesAddress(text: string): boolean {
  const ofVariables = /:\/\/([^\s/@]*@)?\$[({]?\w+[)}]?(:[^\s/]*)?\/\$[({]?\w+[)}]?/g;
  return text.replaceAll(ofVariables, '').includes('://');
}

/** `export DATABASE_URL=$(cat …)`, `. /vault/secrets/database`. */
function setsVariables(script: string): boolean {
  const set = [...script.matchAll(/(?<!\w)(\w+)=/g)].some(([, name = '']) => /.(URL|DSN|HOST)/i.test(name));
  return set || /(^|[\s;&|(])(\.|source|eval)\s/i.test(script);
}
