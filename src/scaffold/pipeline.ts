/** The CI systems for the pipeline that builds the images and writes their version to the tree. */
export const pipelines = ['gitlab', 'github', 'none'] as const;
export type Pipeline = (typeof pipelines)[number];
