/** Texts and comments of Lua 5.4; long brackets of level 0 and 1, as people write them. */
const lua =
  /--\[\[[\s\S]*?(?:\]\]|$)|--\[=\[[\s\S]*?(?:\]=\]|$)|--[^\n]*|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?/g;
const hocon = /#[^\n]*|\/\/[^\n]*|"(?:[^"\\\n]|\\[\s\S])*"?/g;

/** Lua without its comments; lines keep their numbers. */
export function withoutLuaComments(text: string): string {
  return text.replace(lua, (part) => (part.startsWith('--') ? linesOf(part) : part));
}

/** HOCON without its comments; lines keep their numbers. */
export function withoutHoconComments(text: string): string {
  return text.replace(hocon, (part) => (part.startsWith('"') ? part : ''));
}

function linesOf(comment: string): string {
  return '\n'.repeat(comment.split('\n').length - 1);
}
