/** Whether a text is a word of an object's name: lower-case letters, digits and `-`, with a letter or digit at both ends. */
export function isNameWord(text: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(text);
}

/** Whether a text may name most objects: words with dots between them, not too long for DNS. */
export function isSubdomain(text: string): boolean {
  return text.length <= 253 && /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/.test(text);
}

/** Whether a label may have a value, which may be empty. */
export function isLabelValue(text: string): boolean {
  return text === '' || (text.length <= 63 && /^[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?$/.test(text));
}

/** Whether a text may be the key of a label or an annotation: a name, after a domain and `/` if there is one. */
export function isLabelKey(text: string): boolean {
  const [name = '', ...domain] = text.split('/').reverse();
  return name !== '' && isLabelValue(name) && domain.length < 2 && domain.every(isSubdomain);
}
