/** A server elsewhere that the stack asks, so that it can be tried before anything is written. */
export type Outside =
  | {
      readonly kind: 'directory';
      /** Name or address, with a port where it is not the usual one. */
      readonly server: string;
      readonly encryption: 'ldaps' | 'starttls' | 'none';
      /** The file in the stack with the authority of its certificate; the system's when left out. */
      readonly authority?: string;
      /** Who searches it, and the name of that account's password in `.env`; left out where nobody signs in for that. */
      readonly account?: { readonly name: string; readonly secret: string };
      /** The entry below which people are. */
      readonly base: string;
      /** Finds one person (RFC 4515); `%u` stands for the name. */
      readonly filter: string;
    }
  | {
      /** A JWKS (RFC 7517). */
      readonly kind: 'keys';
      readonly url: string;
    };
