/** What somebody is to be told about, as far as it is known where the key was pressed. */
export type NoticeRequest = {
  readonly incident?: { readonly id: number; readonly code: string; readonly title: string } | undefined;
};
