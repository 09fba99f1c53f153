/** Folders of a repository that usually hold pipelines and templates of Azure DevOps. */
export const azureFolders: readonly string[] = [
  '.azdo',
  '.azure-pipelines',
  '.azuredevops',
  '.pipelines',
  'azure-pipelines',
];
