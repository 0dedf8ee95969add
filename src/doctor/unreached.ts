/** Ends every sentence about a server that cannot be reached: this computer may not be the one that has to. */
export const unreached =
  'If the stack will run on another computer, it may get there all the same; if not, check the name, the port and the firewalls in between.';
