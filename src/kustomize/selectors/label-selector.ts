/** One requirement of a selector; an object must meet all of them. */
export interface Requirement {
  readonly key: string;
  readonly operator: Operator;
  readonly values: ReadonlySet<string>;
}

/** What a requirement asks of the value of its key. */
type Operator = 'in' | 'notin' | 'exists' | 'absent' | '>' | '<';

/** Whether labels, or annotations, meet every requirement. */
export function matchesLabels(labels: ReadonlyMap<string, string>, requirements: readonly Requirement[]): boolean {
  return requirements.every((requirement) => meets(labels.get(requirement.key), requirement));
}

function meets(value: string | undefined, { operator, values }: Requirement): boolean {
  switch (operator) {
    case 'in':
      return value !== undefined && values.has(value);
    case 'notin':
      return value === undefined || !values.has(value);
    case 'exists':
      return value !== undefined;
    case 'absent':
      return value === undefined;
    case '>':
    case '<': {
      const [bound = ''] = values;
      if (value === undefined || !isInteger(value)) return false;
      return operator === '>' ? BigInt(value) > BigInt(bound) : BigInt(value) < BigInt(bound);
    }
  }
}

/** Whether `>` and `<` can compare a text. */
export function isInteger(text: string): boolean {
  return /^-?\d{1,19}$/.test(text);
}
