import { quoteForShell } from '../../text/quote-for-shell.ts';
import type { Completable, CompletableOption, Values } from './completable.ts';

/**
 * A script for bash 4 and later. Bash splits `--format=json` into three words, with `=` as one of them. For a file the script
 * suggests nothing, so that bash suggests files.
 */
export function writeBash(commands: readonly Completable[]): string {
  const names = commands.map(({ name }) => name).filter((name) => name !== '');
  return `# Completion of migrate-lint in bash. In ~/.bashrc: source <(migrate-lint completion bash)
_migrate_lint() {
  local current=\${COMP_WORDS[COMP_CWORD]} option=\${COMP_WORDS[COMP_CWORD - 1]} command='' words='' files='' index
  if [[ $current == '=' ]]; then
    current=''
  elif [[ $option == '=' ]]; then
    option=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((index = 1; index < COMP_CWORD; index++)); do
    case \${COMP_WORDS[index]} in
      ${names.join(' | ')})
        command=\${COMP_WORDS[index]}
        break
        ;;
      -*) ;;
      *) break ;;
    esac
  done
  COMPREPLY=()
  case "$command $option" in
${commands.flatMap(valueCases).join('')}    *)
      case "$command $current" in
${commands.map(flagCase).join('')}${commands.map((command) => argumentCase(command, names)).join('')}      esac
      ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current"; [[ -z $files ]] || compgen -f -- "$current")
  [[ -z $files ]] || compopt -o filenames
}
complete -o default -F _migrate_lint migrate-lint
`;
}

function valueCases({ name, options }: Completable): string[] {
  return options.flatMap(({ flag, value, isValueOptional }) =>
    value === undefined || isValueOptional ? [] : [`    ${quoteForShell(`${name} ${flag}`)}) ${offer(value)} ;;\n`],
  );
}

function flagCase({ name, options }: Completable): string {
  return `        ${quoteForShell(`${name} -`)}*) words=${quoteForShell(options.flatMap(flagsOf).join(' '))} ;;\n`;
}

/** The arguments of a command; the program itself takes a command or a file. */
function argumentCase({ name, takes }: Completable, names: readonly string[]): string {
  return `        ${quoteForShell(`${name} `)}*) ${name === '' ? `words=${quoteForShell(names.join(' '))} files=1` : offer(takes)} ;;\n`;
}

function offer(values: Values): string {
  switch (values.kind) {
    case 'words':
      return `words=${quoteForShell(values.words.join(' '))}`;
    case 'files':
      return 'return';
    case 'none':
      return 'compopt +o default';
  }
}

function flagsOf({ flag, value, isValueOptional }: CompletableOption): string[] {
  return isValueOptional && value?.kind === 'words' ? [flag, ...value.words.map((word) => `${flag}=${word}`)] : [flag];
}
