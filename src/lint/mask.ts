/** Stands for any secret value, so that not even its length is told. */
export const mask = '********';
