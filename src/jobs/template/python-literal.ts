import { secretParts } from '../../model/secret.js';

/**
 * Formats a value as a Python literal. Strings are written as JSON, whose escapes Python shares, so that no character
 * of a value can end the literal and become code.
 */
export function pythonLiteral(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return JSON.stringify(value);
}

/** An expression whose secrets Python looks up itself, so that none is written to the file. */
function pythonText(text: string): string {
  const parts = secretParts(text).map((part) => {
    if (typeof part === 'string') return pythonLiteral(part);
    const name = pythonLiteral(part.name);
    return part.kind === 'env'
      ? `os.environ[${name}]`
      : `Path(${name}).read_text().rstrip("\\r\\n")`;
  });
  return parts.length === 0 ? '""' : parts.join(' + ');
}

/** A dictionary of strings as ruff formats it: one entry per line, with a trailing comma. */
export function pythonDictionary(entries: ReadonlyMap<string, string>): string {
  if (entries.size === 0) return '{}';
  const lines = [...entries].map(([k, v]) => `    ${pythonLiteral(k)}: ${pythonText(v)},\n`);
  return `{\n${lines.join('')}}`;
}

const lineWidth = 88;

/** `NAME = literal`, in brackets if that makes it fit a line, as ruff formats it. */
export function pythonConstant(name: string, value: string | number | boolean): string {
  const literal = pythonLiteral(value);
  const flat = `${name} = ${literal}`;
  const fits = flat.length <= lineWidth || literal.length + 4 > lineWidth;
  return fits ? flat : `${name} = (\n    ${literal}\n)`;
}
