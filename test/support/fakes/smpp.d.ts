/** The little of the package `smpp` that the fake centre needs; it brings no types of its own. */
declare module 'smpp' {
  export type Pdu = {
    readonly command: string;
    readonly command_status: number;
    readonly sequence_number: number;
    readonly system_id: string;
    readonly password: string;
    readonly source_addr: string;
    readonly destination_addr: string;
    readonly data_coding: number;
    readonly esm_class: number;
    readonly registered_delivery: number;
    readonly short_message: { readonly message?: string | Buffer; readonly udh?: readonly Buffer[] };
    response(fields?: Readonly<Record<string, unknown>>): Pdu;
  };
  export type Session = {
    readonly socket: import('node:net').Socket;
    on(event: string, heard: (pdu: Pdu) => void): Session;
    send(pdu: Pdu): boolean;
    deliver_sm(fields: Readonly<Record<string, unknown>>, answered: (pdu: Pdu) => void): boolean;
    enquire_link(fields: object, answered: (pdu: Pdu) => void): boolean;
    unbind(): boolean;
    destroy(): void;
  };
  export type Server = import('node:net').Server;
  const smpp: { createServer(heard: (session: Session) => void): Server };
  export default smpp;
}
