import { trimEnd } from '../../text/trim-end.ts';

const TIMESTAMP =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(Z|[-+]\d\d:\d\d))|(?: +(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?))?$/;

/** Whether go-yaml reads a plain text as a date or a time. */
export function isTimestamp(text: string): boolean {
  return text.charCodeAt(4) === 0x2d && formatTimestamp(text) !== undefined;
}

/**
 * Formats a date or time as kustomize prints it (Go's RFC3339Nano): `2020-1-2` becomes `2020-01-02T00:00:00Z`.
 * Returns undefined if go-yaml does not read the text as a timestamp.
 */
export function formatTimestamp(text: string): string | undefined {
  const match = TIMESTAMP.exec(text);
  if (match === null) return undefined;
  const [, year = '', month = '', day = ''] = match;
  const hour = match[4] ?? match[9] ?? '0';
  const minute = match[5] ?? match[10] ?? '0';
  const second = match[6] ?? match[11] ?? '0';
  if (+month < 1 || +month > 12 || +day < 1 || +day > daysIn(+year, +month)) return undefined;
  if (+hour > 23 || +minute > 59 || +second > 59) return undefined;
  const zone = formatZone(match[8] ?? 'Z');
  if (zone === undefined) return undefined;
  const fraction = trimEnd((match[7] ?? match[12] ?? '').slice(0, 9), '0');
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}:${second.padStart(2, '0')}`;
  return `${date}T${time}${fraction === '' ? '' : `.${fraction}`}${zone}`;
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** Go accepts an offset of up to 24:60, and prints it normalized. */
function formatZone(zone: string): string | undefined {
  if (zone === 'Z') return 'Z';
  const hours = +zone.slice(1, 3);
  const minutes = +zone.slice(4, 6);
  if (hours > 24 || minutes > 60) return undefined;
  const total = hours * 60 + minutes;
  if (total === 0) return 'Z';
  return `${zone.charAt(0)}${pad(Math.floor(total / 60))}:${pad(total % 60)}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
