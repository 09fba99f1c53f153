import type { View } from '../../objects/view.ts';
import { fieldsOf, type Shape } from './kubernetes-fields.ts';

/**
 * Calls a function with a value and with everything in it whose shape is known, from the outside in. Fields that are
 * null are left out, since that means unset; an item of a list that is null has no fields.
 */
export function eachValue(value: View, shape: Shape, visit: (value: View, shape: Shape) => void): void {
  visit(value, shape);
  switch (shape.holds) {
    case 'list':
      for (const item of value.items()) eachValue(item, shape.of, visit);
      return;
    case 'map':
      for (const [, entry] of value.entries()) if (entry.exists) eachValue(entry, shape.of, visit);
      return;
    case 'fields': {
      const { shapes } = fieldsOf(shape.type);
      for (const [key, field] of value.entries()) {
        const held = shapes.get(key);
        if (held !== undefined && field.exists) eachValue(field, held, visit);
      }
    }
  }
}
