import type { Scanner } from '../scan/scanner.ts';
import * as token from '../scan/token.ts';
import { Refusal } from '../syntax-problem.ts';
import type { TagHandles } from './tag-handles.ts';

/** Takes the directives before a document's `---`, and defines their tag handles. */
export function takeDirectives(scanner: Scanner, handles: TagHandles): void {
  const { tokens } = scanner;
  let versions = 0;
  for (let kind = scanner.peek(); kind !== token.DOCUMENT_START; kind = scanner.peek()) {
    const { start, end, value } = tokens;
    if (kind === token.TAG_DIRECTIVE) {
      if (!handles.define(value)) {
        throw new Refusal('bad-directive', 'a second %TAG directive for the same handle; remove one', start, end);
      }
    } else if (kind !== token.VERSION_DIRECTIVE) {
      const message = 'there is no --- after the directives that kustomize would see; remove the directives';
      throw new Refusal('bad-directive', message, 0, Math.max(start, 1));
    } else if (versions++ > 0) {
      throw new Refusal('bad-directive', 'a second %YAML directive; remove one', start, end);
    } else if (value !== '1.1') {
      const message = `kustomize reads YAML 1.1 only and refuses %YAML ${value}; remove the line`;
      throw new Refusal('bad-directive', message, start, end);
    }
    tokens.shift();
  }
}
