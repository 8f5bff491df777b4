/** What a card may ask before it acts; null closes whatever is open. */
export type CardDialog =
  | { readonly kind: 'closing'; readonly statusId: number | null }
  | { readonly kind: 'postpone' }
  | { readonly kind: 'remind' };

export type AskCard = (dialog: CardDialog | null) => void;
