/** The text of the table of fields, by path in the project. */
export function generateKubernetesFields(): Record<string, string>;
