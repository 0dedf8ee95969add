import { suite as bare, type Callback, type Context, type Test, test } from 'uvu';

export * from 'uvu';
export { test };

/** uvu's own, but what the hooks throw that it swallows is told like the failure of a test. */
export function suite<T = Context>(name = '', state?: T): Test<T> {
  const made = bare<T>(name, state);
  const { before, after } = made;
  const loud = (when: string, hook: Callback<T>) => telling(hook, name, when);
  made.before = Object.assign((hook: Callback<T>) => before(loud('before', hook)), before);
  made.after = Object.assign((hook: Callback<T>) => after(loud('after', hook)), {
    each: (hook: Callback<T>) => after.each(loud('after.each', hook)),
  });
  return made;
}

function telling<T>(hook: Callback<T>, name: string, when: string): Callback<T> {
  return async (context) => {
    try {
      await hook(context);
    } catch (error) {
      const { message, details = '', stack = '' } = error as Error & { details?: string };
      const said = `${message}\n\n${details}`.trimEnd().replaceAll(/^/gm, '    ');
      const places = stack.split('\n').filter((line) => /^ +at /.test(line));
      console.log(`\n   FAIL  ${name}  "${when}"\n${said}\n\n${places.join('\n')}\n`);
      throw error;
    }
  };
}
