/**
 * Splits a replacement's field path at its dots. `\.` is a dot inside a step; a step that starts with `[` extends to
 * the next `]`, across dots. `[name=a.b]` keeps its brackets, since it selects an item of a list; `[a.b/c]` loses them,
 * since it is a key. A leading dot is ignored. Follows kyaml's `SmarterPathSplitter`.
 */
export function splitFieldPath(path: string): string[] {
  const parts = splitAtDots(path);
  const steps: string[] = [];
  for (let i = 0; i < parts.length; i++) {
    let step = parts[i] ?? '';
    if (!step.startsWith('[') || step.endsWith(']')) {
      steps.push(step);
      continue;
    }
    while (i < parts.length - 1) {
      i++;
      step += `.${parts[i]}`;
      if (parts[i]?.endsWith(']')) break;
    }
    steps.push(step.includes('=') ? step : step.replace(/^[[\]]+|(?<![[\]])[[\]]+$/g, ''));
  }
  return steps;
}

function splitAtDots(path: string): string[] {
  const parts: string[] = [];
  for (const part of path.replace(/^\./, '').split('.')) {
    const last = parts.at(-1);
    if (last?.endsWith('\\')) parts[parts.length - 1] = `${last.slice(0, -1)}.${part}`;
    else parts.push(part);
  }
  return parts;
}

/** Whether a step selects items of a list by a field, `[name=value]`, or by value, `[=value]`. */
export function isItemStep(step: string): boolean {
  return step.startsWith('[') && step.endsWith(']');
}

/** The parts of `[name=value]`; undefined if there is no `=`. */
export function splitItemStep(step: string): { key: string; value: string } | undefined {
  const inner = step.slice(1, -1);
  const equals = inner.indexOf('=');
  return equals < 0 ? undefined : { key: inner.slice(0, equals), value: inner.slice(equals + 1) };
}

/** A field path with indices in brackets as it is probably meant: `args.[1]` is `args.1`. */
export function withoutBrackets(path: string): string {
  return path.replace(/(^|\.)\[(\+?\d+)\](?=\.|$)/g, '$1$2');
}

/** An index of a list, from 0. */
export function readIndexStep(step: string): number | undefined {
  return /^\+?\d+$/.test(step) ? Number(step) : undefined;
}
