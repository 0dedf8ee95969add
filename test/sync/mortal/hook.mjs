/**
 * Loaded into a process before everything else: counts what it does to the disk, and kills it without warning before a
 * given step (`KILL_AT`). A write has a step in its middle. At a natural end the number of steps goes to `STEPS_FILE`.
 */
import childProcess from 'node:child_process';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const last = Number(process.env.KILL_AT ?? 0);
const { writeFileSync } = fs;
let steps = 0;

/** One more step, unless it is the one that this process does not live to take. */
function step(half = () => {}) {
  steps++;
  if (steps !== last) return;
  half();
  process.kill(process.pid, 'SIGKILL');
}

/** Half of what is to be written, without cutting the first byte off. */
const firstHalf = (data) => Buffer.from(data).subarray(0, Math.floor(Buffer.byteLength(data) / 2));

const names = ['rename', 'rm', 'rmdir', 'unlink', 'mkdir', 'mkdtemp', 'link', 'symlink', 'chmod'];
for (const name of names) {
  for (const [object, key] of [
    [fs, `${name}Sync`],
    [fs.promises, name],
  ]) {
    const original = object[key];
    object[key] = (...args) => {
      step();
      return original(...args);
    };
  }
}
fs.writeFileSync = (file, data, ...rest) => {
  step();
  step(() => writeFileSync(file, firstHalf(data), ...rest));
  return writeFileSync(file, data, ...rest);
};
const { open } = fs.promises;
fs.promises.open = async (path, flags = 'r', ...rest) => {
  if (flags === 'r') return open(path, flags, ...rest);
  step();
  const handle = await open(path, flags, ...rest);
  const writeFile = handle.writeFile.bind(handle);
  handle.writeFile = (data, ...more) => {
    step();
    step(() => fs.writeSync(handle.fd, firstHalf(data)));
    return writeFile(data, ...more);
  };
  return handle;
};
const { spawn } = childProcess;
childProcess.spawn = (...args) => {
  step();
  return spawn(...args);
};
syncBuiltinESMExports();

process.on('exit', () => {
  if (process.env.STEPS_FILE) writeFileSync(process.env.STEPS_FILE, String(steps));
});
