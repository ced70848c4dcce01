/** Whether all percent-encoding in a text is well-formed, and of UTF-8. */
export function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** Decodes a percent-encoded text; one that is malformed stays as it is. */
export function decodeLoosely(text: string): string {
  return isDecodable(text) ? decodeURIComponent(text) : text;
}
