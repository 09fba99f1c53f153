import type { View } from '../../objects/view.ts';

/** Labels by key. */
export type Labels = ReadonlyMap<string, string>;

/** Requirements for an object's labels; a selector without any matches everything. */
export interface LabelSelector {
  /** The keys in its requirements. */
  readonly keys: ReadonlySet<string>;
  matches(labels: Labels): boolean;
}

type Condition = (labels: Labels) => boolean;

/** Reads `matchLabels` and `matchExpressions`, as Kubernetes does for pods and namespaces. */
export function readLabelSelector(view: View): LabelSelector {
  const wanted = [...view.get('matchLabels').textMap()].map(([key, { value }]) => [key, value] as const);
  const expressions = view
    .get('matchExpressions')
    .items()
    .map((item) => [item.get('key').text().value ?? '', item] as const);
  const conditions = expressions.map(([key, item]) => readCondition(key, item));
  return {
    keys: new Set([...wanted, ...expressions].map(([key]) => key)),
    matches: (labels) =>
      wanted.every(([key, value]) => labels.get(key) === value) && conditions.every((holds) => holds(labels)),
  };
}

function readCondition(key: string, view: View): Condition {
  const values = new Set(
    view
      .get('values')
      .texts()
      .map(({ value }) => value),
  );
  switch (view.get('operator').text().value) {
    case 'In':
      return (labels) => values.has(labels.get(key) ?? '') && labels.has(key);
    case 'NotIn':
      return (labels) => !labels.has(key) || !values.has(labels.get(key) ?? '');
    case 'Exists':
      return (labels) => labels.has(key);
    case 'DoesNotExist':
      return (labels) => !labels.has(key);
    default:
      // The API server refuses any other operator.
      return () => true;
  }
}
