/**
 * Turns the message of a build or parser problem (`there is no folder \`x\`; create it`) into a sentence, as findings have it.
 * The command `build` prints it unchanged, in the style of kustomize's own errors.
 */
export function asSentence(message: string): string {
  // Only a plain word gets a capital, not a field (`apiVersion`) or a quoted text.
  const started = message.replace(/^[a-z]+(?=[ ,:])/, (word) => word.charAt(0).toUpperCase() + word.slice(1));
  return /[.?!]$/.test(started) ? started : `${started}.`;
}
