/** What is wrong with a `${…}` that cannot be evaluated: the errors of Flux's parser, and two limits of our own. */
export type ExpressionFault =
  | 'no-name'
  | 'not-closed'
  | 'no-argument'
  | 'malformed'
  /** The substring's length is negative, which makes Flux fail at run time. */
  | 'negative-length'
  /** It is nested too deeply. */
  | 'too-deep'
  /** Its value would grow the objects too much. */
  | 'too-long';

/** Thrown by `readTemplate` and `evaluate`; `start` and `end` are offsets into the template. */
export class ExpressionError extends Error {
  readonly fault: ExpressionFault;
  readonly start: number;
  readonly end: number;

  constructor(fault: ExpressionFault, start: number, end: number) {
    super(explanations[fault]);
    this.name = 'ExpressionError';
    this.fault = fault;
    this.start = start;
    this.end = end;
  }
}

const explanations: Record<ExpressionFault, string> = {
  'no-name': 'no variable name follows `${`',
  'not-closed': 'the name is followed by neither `}` nor an operator that Flux knows',
  'no-argument': 'the operator lacks its argument',
  malformed: 'it is not one of the forms that Flux knows',
  'negative-length': 'the length of a substring is negative, which kustomize-controller supports only from 1.10 on',
  'too-deep': 'it is nested too deeply',
  'too-long': 'its value would add more than 10 MiB to the objects',
};
