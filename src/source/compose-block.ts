import type { Composer } from './compose.ts';
import type { Node, SequenceNode } from './node.ts';
import { Refusal } from './syntax-problem.ts';
import * as token from './token.ts';

/** Takes a sequence whose `-` are further in than what it stands in. */
export function composeBlockSequence(composer: Composer, anchor: string | undefined): Node {
  const { scanner } = composer;
  const { tokens } = scanner;
  const { start } = tokens;
  const sequence = composer.openSequence(anchor);
  tokens.shift();
  for (let kind = scanner.peek(); kind !== token.BLOCK_END; kind = scanner.peek()) {
    if (kind !== token.BLOCK_ENTRY) {
      const message = 'a list item starting with "- " must stand here, at the column of the items above';
      throw new Refusal('missing-dash', behindQuote(composer) ?? message, tokens.start, tokens.end);
    }
    takeItem(composer, sequence);
  }
  tokens.shift();
  sequence.origin = composer.originFrom(start);
  return sequence;
}

/** Takes a sequence in a map whose `-` stand at the column of the map's keys. */
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
  sequence.items.push(composer.noteDash(empty ? composer.empty(false) : composer.node(true, false), start));
}

/** Takes a map whose keys stand in a column. */
export function composeBlockMap(composer: Composer, anchor: string | undefined): Node {
  const { scanner } = composer;
  const { tokens } = scanner;
  const { start } = tokens;
  const map = composer.openMap(anchor);
  let mergesAlias = false;
  tokens.shift();
  for (let kind = scanner.peek(); kind !== token.BLOCK_END; kind = scanner.peek()) {
    if (kind !== token.KEY) {
      const message = 'a key must stand here, at the column of the keys above; check the indentation';
      throw new Refusal('missing-key', behindQuote(composer) ?? message, tokens.start, tokens.end);
    }
    composer.takeIndicator();
    const key = endsEntry(scanner.peek()) ? composer.empty(true) : composer.key(true);
    let value: Node | undefined;
    if (scanner.peek() === token.VALUE) {
      composer.takeIndicator();
      kind = scanner.peek();
      if (key.tag === '!!merge') mergesAlias = kind === token.ALIAS;
      if (!endsEntry(kind)) value = composer.node(true, true);
    }
    map.entries.push({ key, value: value ?? composer.empty(false) });
  }
  tokens.shift();
  return composer.finishMap(map, start, mergesAlias);
}

/** What to do about text behind a quoted value, which mostly belongs to it; undefined where there is none before the token. */
function behindQuote({ scanner }: Composer): string | undefined {
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
