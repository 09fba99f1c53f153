/**
 * Splits a replacement's field path at its dots. `\.` is a dot inside a step; a step that starts with `[` reaches to the
 * next `]` whatever dots are in between. `[name=a.b]` keeps its brackets, they say which item of a list is meant;
 * `[a.b/c]` loses them, it is a key. A dot at the very start counts for nothing.
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

/** `[name=value]` or `[=value]`: items of a list by a field, or by themselves. */
export function isItemStep(step: string): boolean {
  return step.startsWith('[') && step.endsWith(']');
}

/** The parts of `[name=value]`; undefined where there is no `=`. */
export function splitItemStep(step: string): { key: string; value: string } | undefined {
  const inner = step.slice(1, -1);
  const equals = inner.indexOf('=');
  return equals < 0 ? undefined : { key: inner.slice(0, equals), value: inner.slice(equals + 1) };
}

/** A field path as it is meant where indices stand in brackets: `args.[1]` is `args.1`. */
export function withoutBrackets(path: string): string {
  return path.replace(/(^|\.)\[(\+?\d+)\](?=\.|$)/g, '$1$2');
}

/** An index of a list, from 0. */
export function readIndexStep(step: string): number | undefined {
  return /^\+?\d+$/.test(step) ? Number(step) : undefined;
}
