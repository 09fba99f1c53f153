import { Refusal } from '../syntax-problem.ts';

const CORE = 'tag:yaml.org,2002:';
const DEFAULT_PREFIXES: ReadonlyMap<string, string> = new Map([
  ['!', '!'],
  ['!!', CORE],
]);

/** The tag handles of a document: `!`, `!!` and those of its %TAG directives. */
export class TagHandles {
  readonly #prefixes = new Map<string, string>();

  /** Defines a handle from a directive's `!handle! prefix`; returns false if it is already defined. */
  define(directive: string): boolean {
    const [handle = '', prefix = ''] = directive.split(' ');
    if (this.#prefixes.has(handle)) return false;
    this.#prefixes.set(handle, prefix);
    return true;
  }

  /** The short form (`!!str`, `!local`) of a scanned tag (`!! str`). */
  resolve(scanned: string, start: number, end: number): string {
    const space = scanned.indexOf(' ');
    const handle = scanned.slice(0, space);
    const suffix = scanned.slice(space + 1);
    if (handle === '') return shorten(suffix);
    const prefix = this.#prefixes.get(handle) ?? DEFAULT_PREFIXES.get(handle);
    if (prefix === undefined) {
      throw new Refusal('bad-tag', `no %TAG directive defines ${handle}`, start, end);
    }
    return shorten(prefix + suffix);
  }
}

function shorten(tag: string): string {
  return tag.startsWith(CORE) ? `!!${tag.slice(CORE.length)}` : tag;
}
