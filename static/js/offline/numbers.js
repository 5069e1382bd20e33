// @ts-check
/** Whole numbers of 32 bits out of the bytes in which the server packs them: groups of seven bits, the sign in the lowest. */

/** @typedef {{bytes: Uint8Array, at: number}} Reader */

/** @param {Reader} reader @param {number} count */
export function readNumbers(reader, count) {
  const { bytes } = reader;
  const numbers = new Int32Array(count);
  let { at } = reader;
  for (let i = 0; i < count; i += 1) {
    let group = bytes[at++];
    let folded = group & 127;
    for (let shift = 7; group > 127; shift += 7) {
      group = bytes[at++];
      folded |= (group & 127) << shift;
    }
    numbers[i] = (folded >>> 1) ^ -(folded & 1);
  }
  reader.at = at;
  return numbers;
}

/** Numbers of which each was told as its difference from the one before. @param {Reader} reader @param {number} count */
export function readRunning(reader, count) {
  let sum = 0;
  return readNumbers(reader, count).map((difference) => (sum += difference));
}
