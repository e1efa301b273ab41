import type { Column } from '../column.js';

const mostTold = 6;

/** What a chart shows, for those who do not see it: its first rows; all of them are in the table below it. */
export function inWords(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const told = rows.slice(0, mostTold).map(([name = '', ...cells]) => {
    const parts = cells.map((cell, index) => `${columns[index + 1]?.label ?? ''} ${cell}`);
    return `${name}: ${parts.join(', ')}`;
  });
  const more = rows.length - told.length;
  const rest = more > 0 ? [`and ${String(more)} more`] : [];
  return `${[...told, ...rest].join('; ')}. The table after the chart has all figures.`;
}
