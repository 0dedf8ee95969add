/** Copies of the backups, made once a day; `scripts/send.sh` of the same feature knows the way. */
export interface Copies {
  /** The program that is needed on the server for it, which has a package of the same name. */
  readonly program: string;
  /** What people call the place: `backup@nas.example.org:meet`. */
  readonly place: string;
  /** Time of day on the server: `03:30`. */
  readonly at: string;
  /** How many of them stay, here and there. */
  readonly keep: number;
  /** A public key of age or OpenPGP: nobody without the private one can read what leaves. */
  readonly key?: string;
  /** The secret that the program wants in its environment. */
  readonly secret?: string;
}
