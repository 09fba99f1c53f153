/** A script that a Jenkinsfile hands to a shell. */
export interface ShellStep {
  /** What the shell gets; `$()` stands for an expression of Groovy. */
  readonly script: string;
  /** The offsets of the text between its quotes. */
  readonly start: number;
  readonly end: number;
  /** The folders of the `dir` blocks around it, outermost first. */
  readonly folders: readonly string[];
}

/** Comments, strings in each kind of quotes, braces and words of Groovy. */
const tokens =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|(?<quote>'''|"""|['"])(?<string>(?:\\[\s\S]|(?!\k<quote>)[^\\])*)\\?(?:\k<quote>|$)|[{}]|[A-Za-z_]\w*/g;

/**
 * The scripts of `sh '…'` and `sh(script: '…')`. The rest of the file is not understood, so a script that is put
 * together with `+` is left out.
 */
export function findShellSteps(text: string): ShellStep[] {
  const found: ShellStep[] = [];
  /** The folder of each open block, if it is one of `dir`. */
  const blocks: (string | undefined)[] = [];
  let call = '';
  let word = '';
  let folder: string | undefined;
  for (const { 0: token, index, groups = {} } of text.matchAll(tokens)) {
    const { quote, string } = groups;
    if (token.startsWith('//') || token.startsWith('/*')) continue;
    if (quote !== undefined && string !== undefined) {
      const start = index + quote.length;
      const isJoined = /^\s*\+/.test(text.slice(index + token.length, index + token.length + 200));
      const isScript = word === 'sh' || (word === 'script' && call === 'sh');
      if (isScript && !isJoined) {
        const folders = blocks.flatMap((each) => each ?? []);
        found.push({ script: readString(string, quote), start, end: start + string.length, folders });
      }
      if (word === 'dir') folder = readString(string, quote);
      word = '';
    } else if (token === '{' || token === '}') {
      if (token === '{') blocks.push(folder);
      else blocks.pop();
      [word, folder] = ['', undefined];
    } else {
      word = token;
      if (/^(sh|bat|pwsh|powershell)$/.test(token)) call = token;
    }
  }
  return found;
}

/** The text of a string. Groovy fills in `${env.TAG}` between double quotes, the shell everywhere. */
export function readString(string: string, quote: string): string {
  return string.replace(/\\([\s\S])|\$\{([^{}]*)\}/g, (whole, escaped?: string, expression = '') => {
    if (escaped !== undefined) return escapes.get(escaped) ?? escaped;
    if (!quote.startsWith('"')) return whole;
    const name = /^(?:env\.|params\.)?(\w+)$/.exec(expression)?.[1];
    return name === undefined ? '$()' : `\${${name}}`;
  });
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['\n', ''],
]);
