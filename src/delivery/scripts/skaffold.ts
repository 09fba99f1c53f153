/** The config file of Skaffold, and its sections that apply manifests with kubectl. */
const config = /^apiVersion:[ \t]*skaffold\//m;
const manifests = /^[ \t]*(?:kubectl|kustomize|rawYaml):/m;

/** Whether a text is a config file of Skaffold that applies manifests with kubectl. */
export function appliesWithSkaffold(text: string): boolean {
  return config.test(text) && manifests.test(text);
}

/** The images that Skaffold builds and tags. */
export function skaffoldImages(text: string): string[] {
  if (!config.test(text)) return [];
  return [...text.matchAll(/(?:^|[{,])[ \t]*(?:-[ \t]*)?(?:\{[ \t]*)?image:[ \t]*["']?([^\s"'#,}]+)/gm)].map(
    ([, name = '']) => name,
  );
}
