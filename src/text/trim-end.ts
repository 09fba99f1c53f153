/** A text without the characters at its end that are a certain one: `k8s/base//` without `/` is `k8s/base`. */
export function trimEnd(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end--;
  return text.slice(0, end);
}
