import type { Node, ScalarNode } from '../node.ts';
import * as token from '../scan/token.ts';
import { Refusal } from '../syntax-problem.ts';
import type { Composer } from './composer.ts';
import { IN_FLOW } from './place.ts';

/** Composes `[…]`. */
export function composeFlowSequence(composer: Composer, anchor: string | undefined): Node {
  const { scanner } = composer;
  const { start } = scanner.tokens;
  const sequence = composer.openSequence(anchor);
  composer.takeIndicator();
  let kind = scanner.peek();
  for (let first = true; kind !== token.FLOW_SEQUENCE_END; first = false, kind = scanner.peek()) {
    if (!first) kind = takeComma(composer, kind, ']');
    if (kind === token.FLOW_SEQUENCE_END) break;
    sequence.items.push(kind === token.KEY ? composer.nested(composePair, undefined) : composer.node(IN_FLOW));
  }
  composer.takeIndicator();
  sequence.origin = composer.originFrom(start);
  return sequence;
}

/** Composes `a: b` as an item of a flow sequence: a map of one entry without braces. */
function composePair(composer: Composer): Node {
  const { scanner } = composer;
  const { start } = scanner.tokens;
  const map = composer.openMap(undefined);
  composer.takeIndicator();
  let kind = scanner.peek();
  let key: ScalarNode;
  if (kind === token.VALUE || endsEntry(kind)) {
    key = composer.empty(true);
    // go-yaml consumes this token before it looks for a colon, so `[? : a]` fails and `[? ]` is never closed.
    scanner.tokens.shift();
  } else key = composer.key(IN_FLOW);
  let value: Node | undefined;
  if (scanner.peek() === token.VALUE) {
    composer.takeIndicator();
    kind = scanner.peek();
    if (!endsEntry(kind)) value = composer.node(IN_FLOW);
  }
  map.entries.push({ key, value: value ?? composer.empty(true) });
  return composer.finishMap(map, start, false);

  function endsEntry(next: number): boolean {
    return next === token.FLOW_ENTRY || next === token.FLOW_SEQUENCE_END;
  }
}

/** Composes `{…}`. */
export function composeFlowMap(composer: Composer, anchor: string | undefined): Node {
  const { scanner } = composer;
  const { start } = scanner.tokens;
  const map = composer.openMap(anchor);
  let mergesAlias = false;
  composer.takeIndicator();
  let kind = scanner.peek();
  for (let first = true; kind !== token.FLOW_MAP_END; first = false, kind = scanner.peek()) {
    if (!first) kind = takeComma(composer, kind, '}');
    if (kind === token.FLOW_MAP_END) break;
    let key: ScalarNode;
    let value: Node | undefined;
    if (kind === token.KEY) {
      composer.takeIndicator();
      kind = scanner.peek();
      key = kind === token.VALUE || endsEntry(kind) ? composer.empty(true) : composer.key(IN_FLOW);
      if (scanner.peek() === token.VALUE) {
        composer.takeIndicator();
        kind = scanner.peek();
        if (key.tag === '!!merge') mergesAlias = kind === token.ALIAS;
        if (!endsEntry(kind)) value = composer.node(IN_FLOW);
      }
    } else key = composer.key(IN_FLOW);
    map.entries.push({ key, value: value ?? composer.empty(true) });
  }
  composer.takeIndicator();
  return composer.finishMap(map, start, mergesAlias);

  function endsEntry(next: number): boolean {
    return next === token.FLOW_ENTRY || next === token.FLOW_MAP_END;
  }
}

function takeComma(composer: Composer, kind: number, close: string): number {
  const { tokens } = composer.scanner;
  if (kind !== token.FLOW_ENTRY) {
    const message = `a , or ${close} is missing before this; quote a text that has any of , [ ] { } in it`;
    throw new Refusal('missing-comma', message, tokens.start, tokens.end);
  }
  tokens.shift();
  return composer.scanner.peek();
}
