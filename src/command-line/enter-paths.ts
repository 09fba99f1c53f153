import type { Command } from 'commander';
import type { Terminal } from './terminal.ts';

/** Whether the help's placeholder for a value stands for a file or folder: `<file>`, `[paths...]`. */
export function isPath(placeholder: string): boolean {
  return /^(?:file|dir|path|paths|reports)$/.test(placeholder);
}

/** The help's placeholder for the value of an option; undefined if it takes none. */
export function placeholderOf({ flags }: { readonly flags: string }): string | undefined {
  return /[<[]([^<>[\]]+)[>\]]/.exec(flags)?.[1];
}

/** Converts the paths in the arguments and options of a command, including `<format=file>`, to internal ones. */
export function enterPaths(command: Command, { enter }: Terminal): void {
  command.registeredArguments.forEach((argument, index) => {
    const value: unknown = command.processedArgs[index];
    if (isPath(argument.name())) command.processedArgs[index] = enterEach(value, enter);
  });
  for (const option of command.options) {
    const [placeholder = '', joined] = placeholderOf(option)?.split('=') ?? [];
    const key = option.attributeName();
    const value: unknown = command.getOptionValue(key);
    // The value is false for `--no-config`, and undefined if the option is not given.
    if (isPath(joined ?? placeholder) && value !== undefined && typeof value !== 'boolean') {
      command.setOptionValue(key, enterEach(value, joined === undefined ? enter : afterEquals(enter)));
    }
  }
}

function enterEach(value: unknown, enter: (path: string) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => enterEach(each, enter));
  return typeof value === 'string' ? enter(value) : value;
}

function afterEquals(enter: (path: string) => string): (value: string) => string {
  return (value) => {
    const start = value.indexOf('=') + 1;
    return value.slice(0, start) + enter(value.slice(start));
  };
}
