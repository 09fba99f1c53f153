/** Whether an absolute path is a folder, or lies below it. Links and `..` are the caller's to resolve. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
