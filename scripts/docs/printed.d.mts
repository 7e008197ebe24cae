export function shortened(text: string): string;
