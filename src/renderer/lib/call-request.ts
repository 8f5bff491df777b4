/** What somebody is to be called for, as far as it is known where the key was pressed. */
export type CallRequest = {
  readonly incident?: { readonly id: number; readonly code: string; readonly title: string } | undefined;
  readonly assetId?: number | undefined;
};
