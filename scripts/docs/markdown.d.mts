export function firstHeading(text: string): string | undefined;
export function anchors(text: string): string[];
export function targets(text: string): string[];
