/** What an incident needs to be closed, and what makes it wait: postponing, auto-closing, reminders. */
export const workflowContract = {} as const;
