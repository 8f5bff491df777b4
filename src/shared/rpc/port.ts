/** The whole seam between page and core: a duplex of JSON texts, in order, closed once. */
export type Port = {
  /** Ignored after close. */
  send(frame: string): void;
  onFrame(listener: (frame: string) => void): void;
  onClose(listener: () => void): void;
  close(): void;
};
