/** Where the pipeline runs that builds the images and writes their version into the tree. */
export const pipelines = ['gitlab', 'github', 'none'] as const;
export type Pipeline = (typeof pipelines)[number];
