import { unknown } from './deploy-script.ts';

/** The data sources of the Terraform provider `kbst/kustomization`, which build kustomizations. */
const dataSource = /\bdata\s+"kustomization_(?:build|overlay)"\s+"[^"]*"\s*\{/;

/**
 * The folders that Terraform builds and applies with the provider `kbst/kustomization`. It recreates an object if the
 * API server refuses a change of it as immutable.
 */
export function terraformFolders(text: string): string[] {
  if (!dataSource.test(text)) return [];
  const lists = [...text.matchAll(/^[ \t]*(?:path|resources)[ \t]*=[ \t]*(\[[^\]]*|"[^"\n]*")/gm)];
  return lists
    .flatMap(([, list = '']) => [...list.matchAll(/"([^"\n]*)"/g)])
    .map(([, path = '']) => path.replace(/^\$\{path\.\w+\}\//, '').replace(/\$\{[^{}]*\}/g, unknown));
}

/** The images that blocks `images { name = … new_tag = … }` of such a data source set. */
export function terraformImages(text: string): string[] {
  if (!dataSource.test(text)) return [];
  const blocks = [...text.matchAll(/^[ \t]*images[ \t]*\{([^{}]*)\}/gm)].map(([, block = '']) => block);
  return blocks
    .filter((block) => /\b(?:new_tag|digest)[ \t]*=/.test(block))
    .flatMap((block) => /^[ \t]*name[ \t]*=[ \t]*"([^"\n]+)"/m.exec(block)?.[1] ?? []);
}
