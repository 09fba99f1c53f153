import type { Command } from 'commander';
import { ruleDescriptions } from '../../lint/rule-descriptions.ts';
import { scaffoldTools } from '../../scaffold/tools/index.ts';
import { writeBash } from '../completion/bash.ts';
import { type Completable, describeCommands } from '../completion/completable.ts';
import { writeFish } from '../completion/fish.ts';
import { writeZsh } from '../completion/zsh.ts';
import { type Shell, shells } from '../flags.ts';
import type { Terminal } from '../terminal.ts';

const writers: Readonly<Record<Shell, (commands: readonly Completable[]) => string>> = {
  bash: writeBash,
  zsh: writeZsh,
  fish: writeFish,
};

/** Prints a script that a shell sources to complete the command line. */
export function completionCommand(shell: Shell, program: Command, { out }: Terminal): number {
  const commands = describeCommands(program, {
    rule: ruleDescriptions.map(({ id }) => id),
    tool: scaffoldTools.map(({ id }) => id),
    shell: shells,
  });
  out.write(writers[shell](commands));
  return 0;
}
