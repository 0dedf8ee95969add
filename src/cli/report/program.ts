/** How this program is called on every machine that has Node, whichever way somebody came to it. */
export const program = 'npx create-jitsi-stack@latest';
