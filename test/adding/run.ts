/** Compiling and running in a changed copy of the sources. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';

/** What the compiler says about files and all that they import: `file:line message`. */
export function compileErrors(folder: string, files: readonly string[]): string[] {
  const { config } = ts.readConfigFile(join(folder, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  const paths = { myelin: [join(folder, 'src/index.ts')] };
  const program = ts.createProgram([...files], { ...options, paths });
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line = (file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1;
    return `${file?.fileName}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

/** Bundles each file with the changed library and runs it; gives the errors, with the text of their file. */
export async function runAll(folder: string, files: readonly string[]): Promise<string[]> {
  const outdir = join(folder, 'bundled');
  await build({
    entryPoints: [...files],
    alias: { myelin: join(folder, 'src/index.ts') },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    outdir,
    outExtension: { '.js': '.mjs' },
    logLevel: 'silent',
  });
  const modules = files.map((_, i) => join(outdir, `use${i}.mjs`));
  const report = join(folder, 'errors.json');
  spawnSync(process.execPath, ['test/docs/run.mjs', ...modules, report], { timeout: 30_000 });
  const errors = JSON.parse(readFileSync(report, 'utf8')) as [string, string][];
  return errors.map(
    ([module, message]) => `${message}\n${readFileSync(files[modules.indexOf(module)]!, 'utf8')}`,
  );
}

export interface LawResult {
  readonly name: string;
  readonly status: string;
  readonly messages: readonly string[];
}

/** Runs those laws in the changed copy whose names have a word. */
export function runLaws(folder: string, word: string): LawResult[] {
  const settings = { include: ['test/laws/**/*.test.ts'], testTimeout: 30_000 };
  writeFileSync(join(folder, 'vitest.config.mjs'), `export default ${JSON.stringify({ test: settings })};\n`);
  const report = join(folder, 'laws.json');
  const args = ['run', '--root', folder, '-t', `\\b${word}\\b`, '--reporter=json', `--outputFile=${report}`];
  const { stderr } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', ...args], {
    encoding: 'utf8',
    timeout: 90_000,
  });
  const { testResults } = JSON.parse(readReport(report, stderr)) as {
    testResults: { assertionResults: { fullName: string; status: string; failureMessages?: string[] }[] }[];
  };
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'passed' || status === 'failed')
    .map(({ fullName, status, failureMessages = [] }) => ({
      name: fullName,
      status,
      messages: failureMessages,
    }));
}

function readReport(file: string, problems: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Error(`The law tests gave no report.\n${problems}`);
  }
}
