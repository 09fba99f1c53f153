import type { Node } from '../../source/node.ts';
import { resolveYaml11 } from '../../source/scalars/resolve-scalar.ts';

/**
 * Makes booleans of plain `yes`, `no`, `on`, `off`, `y` and `n`, in place. That is how kubectl and Argo CD read a manifest
 * that they apply as it is (go-yaml v2); kustomize reads them as texts, and prints them with quotes.
 */
export function readBooleansAsKubectl(node: Node): void {
  switch (node.kind) {
    case 'scalar':
      if (node.style === 'plain' && node.tag === '!!str' && resolveYaml11(node.value) === '!!bool') node.tag = '!!bool';
      break;
    case 'map':
      for (const { value } of node.entries) readBooleansAsKubectl(value);
      break;
    case 'sequence':
      for (const item of node.items) readBooleansAsKubectl(item);
  }
}
