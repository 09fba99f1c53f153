/** Ignores the `''` in `name ?? ''`, which only the types require, for texts in messages that are always present. */
const fallbacks = {
  shouldIgnore({ node, parent }) {
    const isFallback = parent?.type === 'LogicalExpression' && parent.operator === '??' && parent.right === node;
    const isEmpty = node.type === 'StringLiteral' && node.value === '';
    return isFallback && isEmpty ? 'a fallback that only the types ask for' : undefined;
  },
};

export const strykerPlugins = [{ kind: 'Ignore', name: 'fallbacks', value: fallbacks }];
