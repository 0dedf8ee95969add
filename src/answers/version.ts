/** The version of `jitsi-stack.json` that this tool writes. */
export const answersVersion = 2;
