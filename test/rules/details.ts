import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../src/findings/finding.ts';

/**
 * What only the reports for machines contain: the path of each finding's field, and why objects were taken for what they
 * are.
 */
export function describeDetails(findings: readonly Finding[]): string {
  return findings
    .flatMap(({ rule, field, reasons = [] }) => [`  ${rule} ${field ?? '-'}`, ...reasons.map((each) => `    ${each}`)])
    .map((line) => `${line}\n`)
    .join('');
}

/** The expected details of a rule's fixtures, by the fixtures' names; those without findings have none. */
export function readDetails(rule: string): Map<string, string> {
  const path = pathOf(rule);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  return new Map(
    [...text.matchAll(/^(\S+)\n((?: .*\n)*)/gm)].map(([, name = '', details = '']) => [name, details] as const),
  );
}

export function writeDetails(rule: string, details: ReadonlyMap<string, string>): void {
  const sections = [...details].filter(([, text]) => text !== '').map(([name, text]) => `${name}\n${text}`);
  writeFileSync(pathOf(rule), sections.join(''));
}

function pathOf(rule: string): string {
  return join(import.meta.dirname, 'details', `${rule}.txt`);
}
