import { findMeant } from '../../text/did-you-mean.ts';
import { joinWords } from '../../text/join-words.ts';

/** What the API server takes in a field, apart from the shape of the value. */
export interface Format {
  /** @param isText whether it is a text, such as `"80"`, and not a number */
  readonly accepts: (value: string, isText: boolean) => boolean;
  /** What it takes, after "Kubernetes takes only": ``quantities such as `256Mi` ``. */
  readonly takes: string;
  /** How many characters a text may have. */
  readonly longest?: number;
  /** Whether it is for names, in which words in capitals stand for something else. */
  readonly isName?: boolean;
  /** What a wrong value most likely stands for; undefined if there is nothing near, or too much. */
  readonly meantBy?: (value: string) => string | number | undefined;
  /** How to write a wrong value, as a sentence. */
  readonly hintFor?: (value: string) => string | undefined;
}

/** One of some words, or nothing, which is as good as no value. */
export function oneOf(...words: readonly string[]): Format {
  const known = new Set(['', ...words]);
  return {
    accepts: (value) => known.has(value),
    takes: joinWords(
      words.map((word) => `\`${word}\``),
      'or',
    ),
    meantBy: (value) => findMeant(value, words),
  };
}

/** A whole number within limits. One that is not decimal is not judged, and neither is a text. */
export function numberFrom(least: number, most = Number.POSITIVE_INFINITY): Format {
  return {
    accepts: (value, isText) =>
      isText || !/^-?(?:0|[1-9]\d*)$/.test(value) || (Number(value) >= least && Number(value) <= most),
    takes: Number.isFinite(most) ? `numbers from ${least} to ${most}` : `numbers of at least ${least}`,
  };
}

/** A text of limited length that passes a test. */
export function textLike(matches: (text: string) => boolean, longest: number, takes: string): Format {
  return {
    accepts: (value) => value.length <= longest && matches(value),
    takes,
    longest,
  };
}

/** The same for a name. No name at all is another fault. */
export function nameLike(matches: (text: string) => boolean, longest: number, takes: string): Format {
  const { accepts, ...format } = textLike(matches, longest, takes);
  return { ...format, accepts: (value, isText) => value === '' || accepts(value, isText), isName: true };
}

/** What takes numbers of one format, and texts of another. A number in quotes is a text. */
export function numberOrText(number: Format, text: Format): Format {
  return {
    accepts: (value, isText) => (isText ? text : number).accepts(value, isText),
    takes: `${number.takes}, and ${text.takes}`,
    meantBy: (value) => (/^[1-9]\d*$/.test(value) && number.accepts(value, false) ? Number(value) : undefined),
  };
}
