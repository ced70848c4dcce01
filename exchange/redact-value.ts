type Redact = (text: string) => string;

/**
 * A value as JSON takes it with all of its strings, keys and numbers redacted. It shares with the given one what did not
 * change. `redact` is to leave JSON to be JSON.
 */
export function redactValue(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value);
  if (typeof value === 'number') return redactNumber(value, redact);
  if (typeof value !== 'object' || value === null) return value;
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    const plain: unknown = value.toJSON('');
    const clean = redactValue(plain, redact);
    return clean === plain ? value : clean;
  }
  // Bytes, perhaps: what numbers spell is seen only in all of them.
  if (isListOfNumbers(value)) return redactNumbers(value, redact);
  return Array.isArray(value) ? redactList(value, redact) : redactFields(value, redact);
}

/** Also what becomes of a list of bytes as JSON: `{"0":101,"1":99}`. */
function isListOfNumbers(value: object): boolean {
  const entries = Object.entries(value);
  return entries.length > 1 && entries.every(([key, each], index) => typeof each === 'number' && key === String(index));
}

function redactNumbers(list: object, redact: Redact): unknown {
  const text = JSON.stringify(list);
  const clean = redact(text);
  return clean === text ? list : JSON.parse(clean);
}

/** A number that is a secret becomes text. */
function redactNumber(value: number, redact: Redact): unknown {
  const text = String(value);
  const clean = redact(text);
  return clean === text ? value : clean;
}

// Loops and no callbacks, which would halve how deep a value may be.
function redactList(list: unknown[], redact: Redact): unknown[] {
  const clean: unknown[] = [];
  for (const each of list) clean.push(redactValue(each, redact));
  return clean.every((each, index) => Object.is(each, list[index])) ? list : clean;
}

function redactFields(fields: object, redact: Redact): object {
  const clean = new Map<string, unknown>();
  let isChanged = false;
  for (const [key, value] of Object.entries(fields)) {
    const [cleanKey, cleanValue] = [redact(key), redactValue(value, redact)];
    isChanged ||= cleanKey !== key || !Object.is(cleanValue, value);
    clean.set(nameFreely(cleanKey, clean), cleanValue);
  }
  return isChanged ? Object.fromEntries(clean) : fields;
}

/** Two keys may be the same once they are redacted; neither of their values is lost. */
function nameFreely(key: string, taken: Map<string, unknown>): string {
  let name = key;
  for (let count = 2; taken.has(name); count += 1) name = `${key} ${count}`;
  return name;
}
