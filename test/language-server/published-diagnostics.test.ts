import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/language-server/protocol.ts';
import { PublishedDiagnostics } from '../../src/language-server/published-diagnostics.ts';

const start = { line: 0, character: 0 };

/** The diagnostics of a run: for each URI the messages in it. */
function run(messages: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, readonly Diagnostic[]> {
  return new Map(
    Object.entries(messages).map(([uri, texts]) => [
      uri,
      texts.map((message) => ({ message, range: { start, end: start } })),
    ]),
  );
}

describe('published-diagnostics', () => {
  /** What is sent for each of several states, one after another. */
  function sentFor(...states: readonly (readonly Readonly<Record<string, readonly string[]>>[])[]): string[][] {
    let sent: string[] = [];
    const published = new PublishedDiagnostics(({ uri, diagnostics }) =>
      sent.push(`${uri}: ${diagnostics.map(({ message }) => message)}`),
    );
    return states.map((state) => {
      sent = [];
      published.replace(state.map(run));
      return sent;
    });
  }

  test('of several runs, the diagnostics of a document are sent together', () => {
    expect(sentFor([{ a: ['one'], b: ['two'] }, { a: ['three'] }])).toEqual([['a: one,three', 'b: two']]);
  });

  test('only what has changed is sent again', () => {
    const states = [[{ a: ['one'], b: ['two'] }], [{ a: ['one'], b: ['three'] }], [{ a: ['one'], b: ['three'] }]];
    expect(sentFor(...states)).toEqual([['a: one', 'b: two'], ['b: three'], []]);
  });

  test('a document that has none any more is cleared once', () => {
    expect(sentFor([{ a: ['one'] }], [], [], [{ a: ['one'] }])).toEqual([['a: one'], ['a: '], [], ['a: one']]);
  });

  test('nothing is sent of documents that never had one', () => {
    expect(sentFor([{ a: [] }])).toEqual([[]]);
  });
});
