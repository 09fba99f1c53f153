import type { Diagnostic, PublishDiagnosticsParams } from './protocol.ts';

/** The diagnostics that an editor has been sent, so that only changes are sent again. */
export class PublishedDiagnostics {
  readonly #send: (diagnostics: PublishDiagnosticsParams) => void;
  /** What was last sent for each URI, as JSON. */
  readonly #sent = new Map<string, string>();

  constructor(send: (diagnostics: PublishDiagnosticsParams) => void) {
    this.#send = send;
  }

  /** Replaces all diagnostics by those of several runs, each by URI. */
  replace(found: readonly ReadonlyMap<string, readonly Diagnostic[]>[]): void {
    const all = new Map<string, Diagnostic[]>([...this.#sent.keys()].map((uri) => [uri, []]));
    for (const [uri, diagnostics] of found.flatMap((each) => [...each])) {
      all.set(uri, [...(all.get(uri) ?? []), ...diagnostics]);
    }
    for (const [uri, diagnostics] of all) {
      const text = JSON.stringify(diagnostics);
      if (text === (this.#sent.get(uri) ?? '[]')) continue;
      this.#sent.set(uri, text);
      this.#send({ uri, diagnostics });
    }
  }
}
