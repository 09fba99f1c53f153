/** Replaces any secret value, so that not even its length is shown. */
export const mask = '********';
