/** Programs in C: scheduled for the processor, compiled by the user's own compiler, and loaded. */
import { bug, problem } from '../../core/errors.js';
import { atOnce, inTurns, type Pieces } from '../../core/pieces.js';
import type { Machine } from '../../loops/machine.js';
import type { Loops, Program } from '../../loops/program.js';
import type { Accelerator, AcceleratorSource, NativeCode } from '../accelerator.js';
import { buildLibrary, buildLibraryInBackground } from './build.js';
import { type Compiler, findCompiler, findCompilerInBackground } from './compiler.js';
import { emittingC } from './emit.js';
import { loadLibrary } from './library.js';
import { nativeMachine } from './machine.js';

interface Source {
  readonly loops: Loops;
  readonly text: string;
}

function* sourceOf({ scheduledFor }: Program, machine: Machine): Pieces<Source> {
  if (!scheduledFor) throw bug('a program that can be scheduled for another machine', 'formulas only');
  const loops = yield* scheduledFor(machine);
  return { loops, text: yield* emittingC(loops.procedures, machine.lanes) };
}

const codeOf = ({ loops }: Source, path: string, { version, command }: Compiler): NativeCode => ({
  loops,
  path,
  run: loadLibrary(path),
  origin: `${version}, ${command}`,
});

/** Others have their turn after each piece; a process that has nothing else to do ends. */
const rest = () => new Promise<void>((resolve) => void setImmediate(resolve).unref());

function acceleratorOf(compiler: Compiler): Accelerator {
  const machine = nativeMachine(compiler.macros);
  if (!machine) throw withoutFusedMultiply(compiler);
  return {
    describe: () => `${32 * machine.lanes}-bit vectors, ${compiler.version}`,
    make(program) {
      const source = atOnce(sourceOf(program, machine));
      return codeOf(source, buildLibrary(source.text, compiler), compiler);
    },
    async makeLater(program) {
      const source = await inTurns(sourceOf(program, machine), rest);
      return codeOf(source, await buildLibraryInBackground(source.text, compiler), compiler);
    },
  };
}

const withoutFusedMultiply = ({ command, version }: Compiler) =>
  problem('backend-missing', {
    subject: "Backend 'native'",
    expected: 'a processor with fused multiply-add',
    received: `one without, says ${command} (${version})`,
    fix: "Use setBackend('wasm').",
  });

export const accelerator: AcceleratorSource = {
  find: () => acceleratorOf(findCompiler()),
  findLater: async () => acceleratorOf(await findCompilerInBackground()),
};
