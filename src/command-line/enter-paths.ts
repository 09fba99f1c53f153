import type { Command } from 'commander';
import type { Terminal } from './terminal.ts';

/** Whether a value names a file or folder, by what the help calls it: `<file>`, `[paths...]`. */
export function isPath(placeholder: string): boolean {
  return /^(?:file|dir|path|paths|reports)$/.test(placeholder);
}

/** What the help calls the value of an option, or undefined where it has none. */
export function placeholderOf({ flags }: { readonly flags: string }): string | undefined {
  return /[<[](.+?)[>\]]/.exec(flags)?.[1];
}

/** Turns the paths among the arguments and options of a command, `<format=file>` too, from the platform's into ours. */
export function enterPaths(command: Command, { enter }: Terminal): void {
  command.registeredArguments.forEach((argument, index) => {
    const value: unknown = command.processedArgs[index];
    if (isPath(argument.name())) command.processedArgs[index] = enterEach(value, enter);
  });
  for (const option of command.options) {
    const [placeholder = '', joined] = placeholderOf(option)?.split('=') ?? [];
    const key = option.attributeName();
    const value: unknown = command.getOptionValue(key);
    // `--no-config` makes a path false, and none need be given.
    if (isPath(joined ?? placeholder) && value !== undefined && typeof value !== 'boolean') {
      command.setOptionValue(key, enterEach(value, joined === undefined ? enter : behindEquals(enter)));
    }
  }
}

function enterEach(value: unknown, enter: (path: string) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => enterEach(each, enter));
  return typeof value === 'string' ? enter(value) : value;
}

function behindEquals(enter: (path: string) => string): (value: string) => string {
  return (value) => {
    const behind = value.indexOf('=') + 1;
    return value.slice(0, behind) + enter(value.slice(behind));
  };
}
