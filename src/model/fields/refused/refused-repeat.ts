import type { View } from '../../../objects/view.ts';
import type { RefusedField } from './refused-field.ts';

/**
 * Refuses each item that has the same key as an item before it.
 * @param field the field that a finding is about
 * @param keyOf what must be unique, if it is more than that field; undefined for an item without it
 */
export function refusedRepeats(
  items: readonly View[],
  field: string,
  describe: (item: View) => Omit<RefusedField, 'view'>,
  keyOf: (item: View) => string | undefined = (item) => item.get(field).text().value,
): RefusedField[] {
  const seen = new Set<string>();
  return items.flatMap((item) => {
    const key = keyOf(item) ?? '';
    if (key === '') return [];
    if (seen.has(key)) return [{ view: item.get(field), ...describe(item) }];
    seen.add(key);
    return [];
  });
}

/** The number of a port with its protocol: `80/TCP`. */
export function withProtocol(port: View, field: 'port' | 'containerPort'): string | undefined {
  const number = port.get(field).text().value;
  return number && `${number}/${port.get('protocol').text().value ?? 'TCP'}`;
}
