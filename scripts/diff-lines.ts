/** The number of context lines around a change. */
const context = 2;

/** The line diff of two short texts, in the form of `diff -u` without line numbers; empty if they are equal. */
export function diffLines(before: string, after: string): string {
  const lines = compare(before.split('\n').slice(0, -1), after.split('\n').slice(0, -1));
  const changed = lines.flatMap((line, index) => (line.startsWith(' ') ? [] : [index]));
  const near = (index: number): boolean => changed.some((other) => Math.abs(other - index) <= context);
  let diff = '';
  lines.forEach((line, index) => {
    if (!near(index)) return;
    if (index === 0 || !near(index - 1)) diff += '@@\n';
    diff += `${line}\n`;
  });
  return diff;
}

/** Merges both texts by their longest common subsequence: ` ` for common lines, `-` and `+` for the others. */
function compare(before: readonly string[], after: readonly string[]): string[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const row = lengths[i] ?? [];
      row[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push(` ${before[i++]}`);
      j++;
    } else if (i < before.length && (j === after.length || at(i + 1, j) >= at(i, j + 1))) lines.push(`-${before[i++]}`);
    else lines.push(`+${after[j++]}`);
  }
  return lines;
}
