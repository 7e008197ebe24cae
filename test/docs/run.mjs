// Runs modules one after another in one process and writes their errors to the file named last. Their output is dropped.
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';

/** Compares a value with what the comment beside it says. */
globalThis.expectValue = (value, expected) => {
  const plain = typeof value?.toArray === 'function' ? value.toArray() : value;
  if (!agrees(plain, expected)) throw new Error(`is ${inspect(plain)} and not what its comment says`);
  return value;
};

function agrees(value, { number, within, list, text }) {
  if (list) {
    const isList = Array.isArray(value) || ArrayBuffer.isView(value);
    return isList && value.length === list.length && list.every((item, index) => agrees(value[index], item));
  }
  return number === undefined ? value === text : Math.abs(value - number) <= within;
}

const modules = process.argv.slice(2, -1);
const target = process.argv.at(-1);
const errors = [];
let current = '';
const text = (error) => String(error?.message ?? error).split('\n')[0];
process.on('unhandledRejection', (error) => errors.push([current, text(error)]));
for (const module of modules) {
  current = module;
  try {
    await import(pathToFileURL(module).href);
  } catch (error) {
    errors.push([module, text(error)]);
  }
}
writeFileSync(target, JSON.stringify(errors));
process.exit(); // an example may leave a timer behind
