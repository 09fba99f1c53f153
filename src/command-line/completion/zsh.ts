import { quoteForShell } from '../../text/quote-for-shell.ts';
import type { Completable, CompletableOption, Values } from './completable.ts';

/** A script for zsh, to source or to put into a folder in `fpath` as `_migrate-lint`. */
export function writeZsh(commands: readonly Completable[]): string {
  const [program, ...others] = commands;
  if (program === undefined) return '';
  const list = others.map(({ name, description }) => `    ${quoteForShell(`${name}:${escapeColons(description)}`)}\n`);
  return `#compdef migrate-lint
# Completion of migrate-lint in zsh. In ~/.zshrc, after compinit: source <(migrate-lint completion zsh)
_migrate_lint_first() {
  local -a commands=(
${list.join('')}  )
  _describe -t commands command commands
  _files
}
_migrate-lint() {
  local command=\${words[2]}
  case $command in
${others.map(({ name }) => name).join(' | ')})
      (( CURRENT > 2 )) || command=''
      ;;
    *) command='' ;;
  esac
  if [[ -n $command ]]; then
    shift words
    (( CURRENT-- ))
  fi
  case $command in
${commands.map(commandCase).join('')}  esac
}
if [[ $funcstack[1] == _migrate-lint ]]; then
  _migrate-lint "$@"
else
  compdef _migrate-lint migrate-lint
fi
`;
}

function commandCase({ name, options, takes }: Completable): string {
  const specs = options.map(describeOption);
  const rest = name === '' ? ["'*: : _migrate_lint_first'"] : argumentOf(takes);
  const lines = [...specs, ...rest].map((spec) => ` \\\n        ${spec}`);
  return `    ${quoteForShell(name)})\n      _arguments -S${lines.join('')}\n      ;;\n`;
}

function argumentOf(takes: Values): string[] {
  switch (takes.kind) {
    case 'words':
      return [quoteForShell(`1: :(${takes.words.join(' ')})`)];
    case 'files':
      return [quoteForShell('*:path:_files')];
    case 'none':
      return [quoteForShell('*: : ')];
  }
}

function describeOption({ flag, description, value, isValueOptional }: CompletableOption): string {
  const text = description.replace(/[[\]\\]/g, '\\$&').replaceAll(':', '\\:');
  if (value === undefined) return quoteForShell(`${flag}[${text}]`);
  const action = value.kind === 'words' ? `(${value.words.join(' ')})` : value.kind === 'files' ? '_files' : ' ';
  return quoteForShell(isValueOptional ? `${flag}=-[${text}]:: :${action}` : `*${flag}=[${text}]: :${action}`);
}

function escapeColons(text: string): string {
  return text.replaceAll(':', '\\:');
}
