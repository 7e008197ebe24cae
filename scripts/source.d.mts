import type ts from 'typescript';

export function sourceFiles(folder: string): string[];
export function parse(file: string): ts.SourceFile;
export function codeLines(fileOrNode: string | ts.Node): Set<number>;
