/** The names of the elements of an XML text, in order; throws where it is not well-formed. */
export function elementsOf(xml: string): string[] {
  const open: string[] = [];
  const found: string[] = [];
  const pattern =
    /<(\/?)([a-z]+)((?: [a-zA-Z:-]+="[^"<&]*(?:&(?:amp|lt|gt|quot);[^"<&]*)*")*)(\/?)>|([^<]+)|(<)/gu;
  for (const [all, close, name, attributes, empty, text] of xml.matchAll(pattern)) {
    if (text !== undefined) {
      if (/&(?!(amp|lt|gt|quot);)/.test(text) || open.length === 0) throw new Error(`Bad text: ${text}`);
      continue;
    }
    if (name === undefined) throw new Error(`Bad tag near ${xml.slice(xml.indexOf(all), 80)}`);
    const names = [...attributes!.matchAll(/ ([a-zA-Z:-]+)=/g)].map((match) => match[1]);
    if (new Set(names).size !== names.length) throw new Error(`Twice the same attribute: ${all}`);
    if (close) {
      if (open.pop() !== name) throw new Error(`Wrong end of ${name}`);
      continue;
    }
    found.push(name);
    if (!empty) open.push(name);
  }
  if (open.length > 0) throw new Error(`No end of ${open.join(', ')}`);
  return found;
}
