/**
 * The part of a Job's name in which a placeholder is left that no name can have: `TAG`, `__VERSION__`, `v{TAG}`, a
 * variable of kustomize such as `$(TAG)`, or an expression such as `${{ github.sha }}`. Flux fills a `${TAG}` after the
 * build. Undefined if it is the whole name, which stands for more than a version.
 */
export function findNamePlaceholder(name: string): string | undefined {
  const found = placeholder.exec(name)?.[1];
  return found === name ? undefined : found;
}

const forms = ['[A-Z]+(?:_[A-Z]+)*', '__\\w+__', '\\{\\w+\\}', '\\$\\(\\w+\\)', '\\$\\{\\{[^{}]*\\}\\}'];

const placeholder = new RegExp(`(?:^|[-.])(v?(?:${forms.join('|')}))(?=[-.]|$)`);
