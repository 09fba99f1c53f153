import type { Completable, CompletableOption } from './completable.ts';

/** A script for fish, with one `complete` per command, option and kind of argument. */
export function writeFish(commands: readonly Completable[]): string {
  const names = commands.map(({ name }) => name).filter((name) => name !== '');
  const none = `not __fish_seen_subcommand_from ${names.join(' ')}`;
  return `# Completion of migrate-lint in fish. In ~/.config/fish/config.fish: migrate-lint completion fish | source
${commands
  .filter(({ name }) => name !== '')
  .map(({ name, description }) => complete(none, ['-a', name, '-d', quote(description)]))
  .join('')}${commands
  .flatMap(({ name, options, takes }) => {
    const condition = name === '' ? none : `__fish_seen_subcommand_from ${name}`;
    return [
      ...(takes.kind === 'words' ? [complete(condition, ['-f', '-a', quote(takes.words.join(' '))])] : []),
      ...(takes.kind === 'none' ? [complete(condition, ['-f'])] : []),
      ...options.map((option) => complete(condition, describeOption(option))),
    ];
  })
  .join('')}`;
}

function describeOption({ flag, description, value, isValueOptional }: CompletableOption): string[] {
  const option = ['-l', flag.slice('--'.length)];
  const text = ['-d', quote(description)];
  if (value === undefined) return [...option, ...text];
  const words = value.kind === 'words' ? ['-a', quote(value.words.join(' '))] : [];
  // `-x` requires a value and suggests no files; `-r` suggests files. Neither works for an optional value.
  return [...option, ...(isValueOptional ? ['-f'] : [value.kind === 'files' ? '-r' : '-x']), ...words, ...text];
}

function complete(condition: string, args: readonly string[]): string {
  return `complete -c migrate-lint -n ${quote(condition)} ${args.join(' ')}\n`;
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
