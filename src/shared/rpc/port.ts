/** The whole seam between page and core: a duplex of JSON texts, in order, closed once. */
export type Port = {
  /** Ignored after close. */
  send(frame: string): void;
  /** What came before the first listener is kept for it. */
  onFrame(listener: (frame: string) => void): void;
  /** Told once, whichever side closed; at once when it is closed already. */
  onClose(listener: () => void): void;
  close(): void;
};
