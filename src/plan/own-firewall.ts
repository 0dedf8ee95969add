/**
 * A firewall that works on the server itself, as `./stack firewall` is told of it. Its feature brings `firewall/NAME.sh`, which
 * knows the words plan, load, save, restore, status and remove; docs/blueprints.md says what each does.
 */
export interface OwnFirewall {
  /** What the program is called: `ufw`. */
  readonly name: string;
  /** Files besides the script that hold rules; they are shown before they are loaded. */
  readonly rules?: readonly string[];
  /**
   * Where no program of its own brings the rules back: services of systemd that throw them away when they start or reload.
   * The rules are loaded at every boot, and again after these.
   */
  readonly follows?: readonly string[];
}
