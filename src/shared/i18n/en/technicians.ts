export const technicians = {};
