import type { ScriptCall } from '../objects/package-script.ts';
import type { Words } from './words.ts';

const workspaceFlags = /^(-w|--workspace|-F|--filter|--prefix|--cwd|--dir|-C)(?:=(.*))?$/;

/** Commands of the package managers themselves, which are no scripts. `start`, `test`, `stop` and `restart` always are. */
const ownCommands =
  /^(i|ci|add|install|exec|x|dlx|create|init|audit|cache|config|help|info|link|list|ls|outdated|pack|prune|publish|rebuild|remove|rm|root|set|up|update|upgrade|version|view|why|dump-autoload|require|global|show|validate)$/;

/**
 * Reads `npm run X`, `npm start`, `yarn X`, `pnpm --filter api X`, `bun run X`, `composer X`, `node --run X`; undefined
 * for others.
 */
export function readScriptCall(words: Words): ScriptCall | undefined {
  const [program = '', ...rest] = words;
  if (program === 'node' && rest[0] === '--run' && rest[1] !== undefined) {
    return { manager: 'npm', name: rest[1], rest: rest.slice(2), workspace: undefined };
  }
  if (!isManager(program)) return undefined;
  const { plain, workspace } = takeWorkspace(rest);
  const [first, ...others] = plain;
  if (first === undefined || first.startsWith('-')) return undefined;
  if (/^run(-script)?$/.test(first)) {
    const [name, ...more] = others.filter((word, index) => index > 0 || !/^(-s|--silent|--if-present)$/.test(word));
    return name === undefined || name.startsWith('-')
      ? undefined
      : { manager: program, name, rest: dropSeparator(more), workspace };
  }
  const isScript = program === 'npm' ? /^(start|stop|test|restart)$/.test(first) : !ownCommands.test(first);
  return isScript ? { manager: program, name: first, rest: dropSeparator(others), workspace } : undefined;
}

function isManager(program: string): program is ScriptCall['manager'] {
  return ['npm', 'yarn', 'pnpm', 'bun', 'composer'].includes(program);
}

/** Removes the flags before the script, and returns the package that they name. */
function takeWorkspace(words: Words): { plain: string[]; workspace: string | undefined } {
  const plain = [...words];
  let workspace: string | undefined;
  for (;;) {
    const flag = workspaceFlags.exec(plain[0] ?? '');
    if (flag) {
      plain.shift();
      workspace = flag[2] ?? plain.shift();
    } else if (plain[0] === 'workspace') workspace = plain.splice(0, 2)[1];
    else if (/^(-s|-q|--silent|--quiet|--if-present|-n|--no-interaction)$/.test(plain[0] ?? '')) plain.shift();
    else break;
  }
  const later = plain.findIndex((word) => workspaceFlags.test(word));
  const end = plain.indexOf('--');
  if (later > 0 && (end < 0 || later < end)) {
    const [flag = ''] = plain.splice(later, 1);
    workspace = workspaceFlags.exec(flag)?.[2] ?? plain.splice(later, 1)[0];
  }
  return { plain, workspace };
}

function dropSeparator(words: Words): readonly string[] {
  return words.filter((word, index) => word !== '--' || words.indexOf('--') !== index);
}
