import { quoteForShell } from '../../text/quote-for-shell.ts';
import type { CiJob } from '../pipelines/ci-job.ts';
import { expand } from '../pipelines/variables.ts';
import { mayDeploy } from './deploy-script.ts';

/** How many characters are written; scripts that deploy are short. */
const longestScript = 200_000;

/** What a job runs as a script of one line for each command, with the variables that its pipeline sets filled in. */
export function writeJobScript({ commands, variants }: CiJob): string {
  const deploying = commands.filter(({ words }) => mayDeploy(words.join(' ')));
  const lines: string[] = [];
  let length = 0;
  for (const variables of variants) {
    for (const { words } of deploying) {
      const line = words.map((word) => quote(expand(word, variables))).join(' ');
      length += line.length;
      if (length > longestScript) return lines.join('\n');
      lines.push(line);
    }
  }
  return lines.join('\n');
}

function quote(word: string): string {
  const line = word.replace(/\s+/g, ' ');
  return /^[\w@%+=:,./-]+$/.test(line) ? line : quoteForShell(line);
}
