/** Modules of this project for prosody, by name: what happens where one that the answers switch on is left out. */
const without: Readonly<Record<string, string>> = {
  guests_without_tokens: 'Without it a guest with an invented token passes for the host.',
  lobby_admits_members: 'Without it those who could open the lobby wait in front of it.',
  login_backoff: 'Without it passwords are guessed as fast as the server answers.',
  matrix_own_room: 'Without it whoever is in any Matrix room enters every meeting.',
  tokens_expire: 'Without it a token without an end is good for ever.',
};

/** Why a module of this project is missed; undefined for every other one. */
export function whyModuleIsMissed(name: string): string | undefined {
  return Object.hasOwn(without, name) ? without[name] : undefined;
}
