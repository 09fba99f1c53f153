import type { Finding } from '../../src/findings/finding.ts';
import type { Change } from '../../src/findings/fix.ts';
import { spanText } from '../../src/objects/place.ts';
import type { Span } from '../../src/source/span.ts';

/** Findings in a tree at `/repo`, with the texts that they point at and what their fixes change, as lines. */
export function describeFindings(findings: readonly Finding[]): string[] {
  return findings.flatMap(({ rule, message, at, related, hint, fix }) => [
    `${rule}: ${message}`,
    `at ${describeSpan(at)}`,
    ...related.map((one) => `${one.note}: ${describeSpan(one.at)}`),
    ...(hint === undefined ? [] : [`help: ${hint}`]),
    ...(fix
      ? [
          `fix: ${fix.title}${fix.safe ? ', safe' : ''}${fix.renames ? ', renames' : ''}`,
          ...fix.changes.map(describeChange),
        ]
      : []),
  ]);
}

function describeSpan(span: Span): string {
  const text = spanText(span);
  return `${JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}...` : text)} of ${span.file.path.replace('/repo/', '')}`;
}

function describeChange(change: Change): string {
  switch (change.kind) {
    case 'set':
    case 'replace':
      return `  ${change.kind} ${describeSpan(change.at)}: ${change.from} to ${change.to}`;
    case 'write':
      return `  write ${change.beside ? 'beside' : 'below'} ${describeSpan(change.in)} at ${change.path.join('.')}: ${JSON.stringify(change.value)}`;
    case 'append':
      return `  append to ${describeSpan(change.in)} ${change.path.join('.')}: ${JSON.stringify(change.items)}`;
    default:
      return `  ${change.kind}`;
  }
}
