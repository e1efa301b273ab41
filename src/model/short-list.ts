/** `a, b and 4 more`: the first `most` of them, and how many there are besides; with `; ` between, `a; b; and 4 more`. */
export function shortList(
  texts: readonly string[],
  most: number,
  between: ', ' | '; ' = ', ',
): string {
  const named = texts.slice(0, most).join(between);
  const more = texts.length - most;
  if (more <= 0) return named;
  return `${named}${between === '; ' ? ';' : ''} and ${String(more)} more`;
}
