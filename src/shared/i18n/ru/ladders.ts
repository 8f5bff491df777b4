export const ladders = {};
