/**
 * What a build or a reader says of a fault (`there is no folder \`x\`; create it`), as the sentence that a finding is. The
 * command `build` prints the same without the change, as kustomize's own errors are written.
 */
export function asSentence(message: string): string {
  // Only a plain word gets a capital: a field (`apiVersion`) or a quoted text is written as it is.
  const started = message.replace(/^[a-z]+(?=[ ,:])/, (word) => word.charAt(0).toUpperCase() + word.slice(1));
  return /[.?!]$/.test(started) ? started : `${started}.`;
}
