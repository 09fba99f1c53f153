import type { View } from '../../objects/view.ts';
import { resolveScalar } from '../../source/scalars/resolve-scalar.ts';
import { eachValue } from './each-value.ts';
import { nameFormatOf, plainName } from './field-formats.ts';
import type { Format } from './format.ts';
import { isToBeFilled } from './is-to-be-filled.ts';
import { fieldsOf, type Shape } from './kubernetes-fields.ts';
import { straysOf } from './stray-field.ts';

/** A value that the API server cannot read or does not take, whatever the rest of the object. */
export type FieldFault = ShapeFault | ValueFault;

/** A value of another shape than its field, or a required one that is missing. */
export type ShapeFault =
  | {
      readonly kind: 'shape';
      readonly view: View;
      readonly wanted: Exclude<Shape['holds'], 'any'>;
      readonly is: ValueShape;
    }
  | { readonly kind: 'missing'; readonly view: View; readonly key: string }
  | { readonly kind: 'no choice'; readonly view: View; readonly keys: readonly string[] };

/** A value of the right shape that is not one of those that the field takes, or a key of a map. */
export interface ValueFault {
  readonly kind: 'value' | 'key';
  /** The value itself, or that of the key. */
  readonly view: View;
  readonly text: string;
  readonly format: Format;
}

/** Whether a fault is one of a value, which `field-value` reports, and not one of its shape, which is for `field-type`. */
export function isOfValue(fault: FieldFault): fault is ValueFault {
  return fault.kind === 'value' || fault.kind === 'key';
}

/** What a value that is not null looks like. */
export type ValueShape = NonNullable<View['shape']>;

/** Finds the values of an object of this kind that have another shape than their fields, and the required fields that are missing. */
export function findFieldFaults(value: View, kind: string): FieldFault[] {
  const faults: FieldFault[] = [];
  eachValue(value, { holds: 'fields', type: kind }, (view, held) => {
    const is = view.shape;
    if (held.holds === 'any') return;
    if (is !== undefined && !takes(held.holds, is, view)) {
      faults.push({ kind: 'shape', view, wanted: held.holds, is });
    } else if (held.holds === 'map') {
      if (held.keys !== undefined) faults.push(...wrongKeys(view, held.keys));
    } else if (held.holds !== 'list' && held.holds !== 'fields') {
      if (held.format !== undefined) faults.push(...wrongValue(view, held.format));
    } else if (held.holds === 'fields' && (is === undefined || is === 'map')) {
      faults.push(...absentFields(view, held.type, kind));
    }
  });
  return [...withoutTwice(faults), ...wrongNames(value.get('metadata'), kind)];
}

/** A required field with an empty text is missing, whatever texts it takes. */
function withoutTwice(faults: readonly FieldFault[]): FieldFault[] {
  const missing = new Set(faults.flatMap((each) => (each.kind === 'missing' ? each.view.get(each.key).path : [])));
  return faults.filter((each) => each.kind !== 'value' || !missing.has(each.view.path));
}

/** The name and namespace of an object. Those of a pod template have no meaning. */
function wrongNames(metadata: View, kind: string): ValueFault[] {
  return [...wrongValue(metadata.get('name'), nameFormatOf(kind)), ...wrongValue(metadata.get('namespace'), plainName)];
}

function wrongValue(view: View, format: Format): ValueFault[] {
  const { value: text = '' } = view.text();
  if (format.accepts(text, view.shape === 'text') || isToBeFilled(text, format)) return [];
  return [{ kind: 'value', view, text, format }];
}

function wrongKeys(view: View, format: Format): ValueFault[] {
  return view
    .entries()
    .filter(([key]) => !format.accepts(key, true) && !isToBeFilled(key, format))
    .map(([key, entry]) => ({ kind: 'key', view: entry, text: key, format }));
}

function takes(wanted: Exclude<Shape['holds'], 'any'>, is: ValueShape, view: View): boolean {
  if (wanted === is) return isWhole(is, view);
  if (is === 'map' || is === 'list') return wanted === 'fields' && is === 'map';
  const { value = '' } = view.text();
  // A variable, or a mark of a template.
  if (/[$<{]/.test(value)) return true;
  switch (wanted) {
    case 'amount':
      return is !== 'boolean';
    case 'text':
      // kustomize reads `yes` as a text, whatever YAML 1.1 says.
      return resolveScalar(value) === '!!str';
    case 'number':
      return is === 'text' && !/^(?:-?\d+|\d+ ?[a-z]+|)$/.test(value);
    case 'boolean':
      return is === 'text' && !/^(?:true|false|)$/.test(value);
    case 'list':
    case 'map':
    case 'fields':
      return false;
  }
}

/** All numbers in the objects of a release are whole. */
function isWhole(is: ValueShape, view: View): boolean {
  return is !== 'number' || Number.isInteger(view.number().value ?? 0);
}

function absentFields(view: View, type: string, kind: string): ShapeFault[] {
  const { shapes, required, choice } = fieldsOf(type);
  const faults: ShapeFault[] = required
    .filter((key) => isAbsent(view.get(key), shapes.get(key)))
    .map((key) => ({ kind: 'missing', view, key }));
  if (choice.length > 0 && choice.every((key) => !view.get(key).exists)) {
    faults.push({ kind: 'no choice', view, keys: choice });
  }
  // A misspelt or misplaced field may be the one that lacks.
  return faults.length > 0 && straysOf(view, type, kind).length > 0 ? [] : faults;
}

/** Whether a required field has no value. To the API server an empty text or list is none. */
function isAbsent(field: View, shape: Shape | undefined): boolean {
  switch (field.shape) {
    case undefined:
      return true;
    case 'text':
      return shape?.holds === 'text' && field.text().value === '';
    case 'list':
      return shape?.holds === 'list' && field.items().length === 0;
    default:
      return false;
  }
}
