/** A variable of prosody that holds several things. */
export interface List {
  /** Where the template cuts it. */
  readonly separator: ',' | '\\n';
  readonly holds: 'modules' | 'configuration';
}

const modules: List = { separator: ',', holds: 'modules' };
const lines: List = { separator: ',', holds: 'configuration' };

/** Read in the templates of prosody: modules by name, and lines of its configuration. The same in all known releases. */
const lists: Readonly<Record<string, List>> = {
  GLOBAL_CONFIG: { separator: '\\n', holds: 'configuration' },
  GLOBAL_MODULES: modules,
  PROSODY_LOG_CONFIG: { separator: '\\n', holds: 'configuration' },
  XMPP_BREAKOUT_MUC_MODULES: modules,
  XMPP_CONFIGURATION: lines,
  XMPP_INTERNAL_MUC_MODULES: modules,
  XMPP_LOBBY_MUC_MODULES: modules,
  XMPP_MODULES: modules,
  XMPP_MUC_CONFIGURATION: lines,
  XMPP_MUC_MODULES: modules,
  XMPP_SPEAKERSTATS_MODULES: modules,
};

/** How a variable is cut into its parts; undefined for those that are one text. */
export function listOf(variable: string): List | undefined {
  return Object.hasOwn(lists, variable) ? lists[variable] : undefined;
}

/** The parts of a list, as prosody sees them. */
export function partsOf({ separator }: List, text: string): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
