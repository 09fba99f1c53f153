/** The host of the registry that an image is pushed to. */
export function registryOf(image: string): string {
  const [host = ''] = image.split('/');
  // A first part without a dot or a port is a name on Docker Hub.
  return image.includes('/') && /[.:]|^localhost$/.test(host) ? host : 'docker.io';
}

/** Whether a registry is a public one, and so not a GitLab server's own. */
export function isPublicRegistry(registry: string): boolean {
  return /(^|\.)(docker\.io|ghcr\.io|quay\.io|gcr\.io|pkg\.dev|amazonaws\.com|public\.ecr\.aws|azurecr\.io)$/.test(
    registry,
  );
}
