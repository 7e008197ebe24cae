export function deadLinks(pages: readonly string[]): string[];
export function deadSiteLinks(folder: string): string[];
