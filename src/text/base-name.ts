/** The name of a file or program without its folder: `/app/wait_for.sh` is `wait_for.sh`. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
