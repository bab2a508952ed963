/** Texts in the encodings that spreadsheets save, for tests: Node.js decodes them all and encodes few. */

let codes: Map<string, readonly number[]> | undefined;

/** Every character of two bytes, by decoding all pairs. */
function gb18030Codes(): Map<string, readonly number[]> {
  const decoder = new TextDecoder("gb18030");
  const found = new Map<string, readonly number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const text = decoder.decode(Uint8Array.of(lead, trail));
      if (trail !== 0x7f && text.length === 1 && text !== "\uFFFD" && !found.has(text))
        found.set(text, [lead, trail]);
    }
  }
  return found;
}

/** GB18030 of a text whose characters are ASCII or have two bytes there. */
export function gb18030(text: string): Buffer {
  codes ??= gb18030Codes();
  const bytes = [...text].flatMap((character) => {
    const code = character.codePointAt(0) ?? 0;
    const pair = code < 0x80 ? [code] : codes?.get(character);
    if (!pair) throw new Error(`${character} has no two bytes in GB18030`);
    return pair;
  });
  return Buffer.from(bytes);
}

/** UTF-16 with its byte order mark. */
export function utf16(text: string, order: "le" | "be"): Buffer {
  const bytes = Buffer.from(`\uFEFF${text}`, "utf16le");
  return order === "le" ? bytes : bytes.swap16();
}
