/**
 * Runs inside a namespace and does what the lab asks: calls a function of a probe and sends back what it returns.
 * It ends when the lab does.
 */
interface Request {
  readonly id: number;
  readonly probe: string;
  readonly name: string;
  readonly args: readonly unknown[];
}

process.on('message', async ({ id, probe, name, args }: Request) => {
  try {
    const functions = await import(`../probes/${probe}.ts`);
    process.send?.({ id, value: await functions[name](...args) });
  } catch (error) {
    process.send?.({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
process.on('disconnect', () => process.exit());
// A connection that breaks later than anybody waits for it is no reason to end.
process.on('uncaughtException', (error) => console.error('in the background:', error.message));
process.on('unhandledRejection', (error) => console.error('in the background:', String(error)));
