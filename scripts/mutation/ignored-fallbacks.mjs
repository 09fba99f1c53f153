/** Leaves out the `''` of `name ?? ''`, which the types ask for where a message needs a text that is always there. */
const fallbacks = {
  shouldIgnore({ node, parent }) {
    const isFallback = parent?.type === 'LogicalExpression' && parent.operator === '??' && parent.right === node;
    const isEmpty = node.type === 'StringLiteral' && node.value === '';
    return isFallback && isEmpty ? 'a fallback that only the types ask for' : undefined;
  },
};

export const strykerPlugins = [{ kind: 'Ignore', name: 'fallbacks', value: fallbacks }];
