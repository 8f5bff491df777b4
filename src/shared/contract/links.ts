/** How incidents belong together: links, merging, splitting, floods. */
export const linksContract = {} as const;
