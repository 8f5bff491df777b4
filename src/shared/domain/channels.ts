/** How a message can reach the desk and leave it. */
export const messageChannels = ['mail', 'telegram'] as const;
export type MessageChannel = (typeof messageChannels)[number];

/** How an incident can begin: a call has no message, and of a channel gone silent the desk itself tells. */
export const incidentChannels = ['mail', 'phone', 'telegram', 'desk'] as const;
export type IncidentChannel = (typeof incidentChannels)[number];

export type Receipt = 'accepted' | 'delivered' | 'read' | 'acknowledged';

/**
 * The receipts each channel can give: a dispatcher must not wait for one that never comes. Telegram has no "delivered":
 * it knows sent and read. Mail knows that the server took the letter.
 */
export const channelReceipts: Readonly<Record<MessageChannel, readonly Receipt[]>> = {
  mail: ['accepted'],
  telegram: ['accepted', 'read'],
};
