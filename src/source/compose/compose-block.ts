import type { Node, SequenceNode } from '../node.ts';
import * as token from '../scan/token.ts';
import { Refusal } from '../syntax-problem.ts';
import type { Composer } from './composer.ts';
import { IN_BLOCK, IN_BLOCK_MAP } from './place.ts';

/** Composes a sequence whose `-` are indented further than its parent. */
export function composeBlockSequence(composer: Composer, anchor: string | undefined): Node {
  const { scanner } = composer;
  const { tokens } = scanner;
  const { start } = tokens;
  const sequence = composer.openSequence(anchor);
  tokens.shift();
  for (let kind = scanner.peek(); kind !== token.BLOCK_END; kind = scanner.peek()) {
    if (kind !== token.BLOCK_ENTRY) {
      const message = 'a list item starting with "- " is expected here, at the column of the items above';
      throw new Refusal('missing-dash', adviseAfterQuote(composer) ?? message, tokens.start, tokens.end);
    }
    takeItem(composer, sequence);
  }
  tokens.shift();
  sequence.origin = composer.originFrom(start);
  return sequence;
}

/** Composes a sequence whose `-` are in the same column as the keys of the map that contains it. */
export function composeUnindentedSequence(composer: Composer, anchor: string | undefined): Node {
  const { scanner } = composer;
  const { start } = scanner.tokens;
  const sequence = composer.openSequence(anchor);
  while (scanner.peek() === token.BLOCK_ENTRY) takeItem(composer, sequence);
  sequence.origin = composer.originFrom(start);
  return sequence;
}

function takeItem(composer: Composer, sequence: SequenceNode): void {
  const { start } = composer.scanner.tokens;
  composer.takeIndicator();
  const kind = composer.scanner.peek();
  const empty = kind === token.BLOCK_ENTRY || endsEntry(kind);
  sequence.items.push(composer.noteDash(empty ? composer.empty(false) : composer.node(IN_BLOCK), start));
}

/** Composes a map whose keys are in one column. */
export function composeBlockMap(composer: Composer, anchor: string | undefined): Node {
  const { scanner } = composer;
  const { tokens } = scanner;
  const { start } = tokens;
  const map = composer.openMap(anchor);
  let mergesAlias = false;
  tokens.shift();
  for (let kind = scanner.peek(); kind !== token.BLOCK_END; kind = scanner.peek()) {
    if (kind !== token.KEY) {
      const message = 'a key is expected here, at the column of the keys above; check the indentation';
      throw new Refusal('missing-key', adviseAfterQuote(composer) ?? message, tokens.start, tokens.end);
    }
    composer.takeIndicator();
    const key = endsEntry(scanner.peek()) ? composer.empty(true) : composer.key(IN_BLOCK_MAP);
    let value: Node | undefined;
    if (scanner.peek() === token.VALUE) {
      composer.takeIndicator();
      kind = scanner.peek();
      if (key.tag === '!!merge') mergesAlias = kind === token.ALIAS;
      if (!endsEntry(kind)) value = composer.node(IN_BLOCK_MAP);
    }
    map.entries.push({ key, value: value ?? composer.empty(false) });
  }
  tokens.shift();
  return composer.finishMap(map, start, mergesAlias);
}

/**
 * Advice for text after a quoted value, which usually belongs to the value; undefined if no quoted value precedes the
 * token.
 */
function adviseAfterQuote({ scanner }: Composer): string | undefined {
  const { text } = scanner.cursor;
  const before = text.slice(text.lastIndexOf('\n', scanner.tokens.start - 1) + 1, scanner.tokens.start).trimEnd();
  const quote = /[:-]\s+(?:"[^"]*("))$|[:-]\s+(?:'[^']*('))$/.exec(before);
  if (quote === null) return undefined;
  const written = quote[1] === undefined ? "`''`" : '`\\"`';
  return `nothing may follow the quote that ends a value; write one that belongs to the value as ${written}`;
}

function endsEntry(kind: number): boolean {
  return kind === token.KEY || kind === token.VALUE || kind === token.BLOCK_END;
}
