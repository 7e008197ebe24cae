import { resolve } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

/** What the compiler says about the files of this folder, against the sources. */
function diagnostics(): string[] {
  const config = resolve('test/types/tsconfig.json');
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, ts.sys.readFile).config,
    ts.sys,
    resolve('test/types'),
  );
  const program = ts.createProgram(fileNames, options);
  const found = fileNames.flatMap((name) => program.getSemanticDiagnostics(program.getSourceFile(name)));
  return found.map(({ file, start = 0, messageText }) => {
    const line = (file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1;
    return `${file?.fileName}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

test('good programs compile and wrong ones do not', () => {
  expect(diagnostics()).toEqual([]);
}, 60_000);
