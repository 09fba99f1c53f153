/** The words of one command. */
export type Words = readonly string[];

/** The values of options, written `--name value`, `--name=value`, `-n value` or `-n=value`. */
export function valuesOf(words: Words, names: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    if (names.includes(word)) return words[index + 1] ?? [];
    const name = names.find((each) => word.startsWith(`${each}=`));
    return name === undefined ? [] : [word.slice(name.length + 1)];
  });
}

/** The files that a command's input comes from and its output goes to by `<`, `>` and `>>`. */
export function redirections(words: Words): { readonly from: string[]; readonly to: string[] } {
  const targets = (pattern: RegExp): string[] =>
    words.flatMap((word, index) => {
      const [whole, rest] = pattern.exec(word) ?? [];
      if (whole === undefined) return [];
      return rest ? [rest] : (words[index + 1] ?? []);
    });
  return { from: targets(/^<(?![<&])(.*)$/), to: targets(/^1?>{1,2}(?![>&])(.*)$/) };
}

/** Whether sed or yq is told to change the files that it reads. */
export function editsInPlace(words: Words): boolean {
  return words.some((word) => /^-[a-zA-Z]*i|^--in-?place/.test(word));
}
