export interface Difference {
  readonly path: readonly string[];
  readonly expected: unknown;
  readonly actual: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

const instant = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/;
const decimal = /^-?\d+(\.\d+)?$/;

function isFields(value: unknown): value is Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Numbers of equal value, the same moment and texts of equal letters are the same. */
function isSame(expected: unknown, actual: unknown): boolean {
  if (Array.isArray(expected)) return Array.isArray(actual) && expected.length === actual.length && expected.every((one, index) => isSame(one, actual[index]));
  if (typeof actual === 'number' && typeof expected === 'string' && decimal.test(expected)) return Number(expected) === actual;
  if (typeof actual === 'string' && typeof expected === 'string' && instant.test(expected) && instant.test(actual)) return Date.parse(expected) === Date.parse(actual);
  return expected === actual;
}

/** What differs from the expectation: of objects only the keys that are expected are compared. */
export function differences(expected: unknown, actual: unknown, path: readonly string[] = []): Difference[] {
  if (isFields(expected) && isFields(actual)) return Object.entries(expected).flatMap(([key, value]) => differences(value, actual[key], [...path, key]));
  return isSame(expected, actual) ? [] : [{ path, expected, actual }];
}

export function shown(value: unknown): string {
  if (value === undefined) return '（没有这一项）';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
